//! What the map does when it is clicked, pulled, or moved with keys.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{
    AddEventListenerOptions, Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent,
    TouchEvent, Url, WheelEvent, window,
};

use super::gesture::Gesture;
use crate::{
    domain::map::{Area, Shift},
    islands::swap::{self, History},
};

/// The element that is looked at, whatever is drawn in it.
const VIEW: &str = "karte-blick";
/// How long the map rests before a new one is asked for.
const REST: Duration = Duration::from_millis(250);
/// How far an arrow key goes and how much a step zooms.
const STEP: f64 = 0.2;
const CLOSER: f64 = 0.8;

struct Motion {
    view: HtmlElement,
    shift: Shift,
    gesture: Gesture,
    timer: Option<TimeoutHandle>,
    /// Number of the newest request: older answers are dropped.
    asked: u32,
    said: RwSignal<String>,
}

type Shared = Rc<RefCell<Motion>>;

/// Listens on the map of this page, which lives as long as the page.
pub(super) fn start(said: RwSignal<String>) {
    let Some(view) = document().get_element_by_id(VIEW).and_then(|view| view.dyn_into::<HtmlElement>().ok())
    else {
        return;
    };
    // Reachable with the keyboard only where keys do something.
    let label = "Karte: mit den Pfeiltasten verschieben, mit Plus und Minus vergrößern und verkleinern";
    for (name, value) in [("tabindex", "0"), ("role", "group"), ("aria-label", label), ("data-live", "")] {
        let _ = view.set_attribute(name, value);
    }
    if let Ok(Some(hint)) = document().query_selector(".map__hint") {
        let _ = hint.remove_attribute("hidden");
    }
    let gesture = Gesture::default();
    let motion = Motion { view: view.clone(), shift: Shift::NONE, gesture, timer: None, asked: 0, said };
    let motion: Shared = Rc::new(RefCell::new(motion));
    let map = view.closest("section").ok().flatten().unwrap_or_else(|| view.clone().into());
    listen(&map, "click", &motion, click);
    listen(&view, "pointerdown", &motion, pointer_down);
    listen(&view, "pointermove", &motion, pointer_move);
    listen(&view, "pointerup", &motion, pointer_up);
    listen(&view, "pointercancel", &motion, pointer_up);
    listen(&view, "touchmove", &motion, touch_move);
    listen(&view, "dragstart", &motion, |_, event| event.prevent_default());
    listen(&view, "wheel", &motion, wheel);
    listen(&view, "keydown", &motion, key);
    let back = motion.clone();
    let popped = Closure::<dyn Fn()>::new(move || {
        if let Some(Ok(address)) = window().map(|window| window.location().href()) {
            go(&back, address, History::Keep);
        }
    });
    if let Some(window) = window() {
        let _ = window.add_event_listener_with_callback("popstate", popped.as_ref().unchecked_ref());
        popped.forget();
    }
}

fn listen(on: &Element, name: &str, motion: &Shared, act: fn(&Shared, &Event)) {
    let motion = motion.clone();
    let acting = Closure::<dyn Fn(Event)>::new(move |event: Event| act(&motion, &event));
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    let done = on.add_event_listener_with_callback_and_add_event_listener_options(
        name,
        acting.as_ref().unchecked_ref(),
        &options,
    );
    if done.is_ok() {
        acting.forget();
    }
}

/// Follows links to other parts of the map without a new page.
fn click(motion: &Shared, event: &Event) {
    let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
    if std::mem::take(&mut motion.borrow_mut().gesture.moved) {
        // The map was pulled at a mark, which is not a click on it.
        event.prevent_default();
        return;
    }
    let special = mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("[data-swap] a[href]").ok().flatten());
    let address = link.and_then(|link| link.get_attribute("href"));
    if let Some(address) = address.filter(|address| address.contains("ansicht=karte") && !special) {
        event.prevent_default();
        go(motion, address, History::Push);
    }
}

fn pointer_down(motion: &Shared, event: &Event) {
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
    if pointer.button() == 0 {
        let mut motion = motion.borrow_mut();
        let at = motion.at(pointer);
        motion.gesture.down(pointer.pointer_id(), at);
    }
}

fn pointer_move(motion: &Shared, event: &Event) {
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
    let mut this = motion.borrow_mut();
    let (at, width, shift) = (this.at(pointer), this.width(), this.shift);
    let is_mouse = pointer.pointer_type() != "touch";
    let Some(shift) = this.gesture.moves(pointer.pointer_id(), at, is_mouse, shift, width) else { return };
    // From now on the pointer may leave the map; links under it are not meant.
    let _ = this.view.set_pointer_capture(pointer.pointer_id());
    this.show(shift);
}

fn pointer_up(motion: &Shared, event: &Event) {
    let Some(pointer) = event.dyn_ref::<PointerEvent>() else { return };
    let pulled = {
        let mut this = motion.borrow_mut();
        this.gesture.up(pointer.pointer_id());
        this.gesture.is_over() && this.gesture.moved
    };
    if pulled {
        settle(motion);
    }
}

/// Two fingers move the map, not the page.
fn touch_move(_: &Shared, event: &Event) {
    if event.dyn_ref::<TouchEvent>().is_some_and(|touch| touch.touches().length() > 1) {
        event.prevent_default();
    }
}

/// The wheel scrolls the page, unless the map has the focus or a key says otherwise.
fn wheel(motion: &Shared, event: &Event) {
    let Some(wheel) = event.dyn_ref::<WheelEvent>() else { return };
    let mut this = motion.borrow_mut();
    let focused = document().active_element().is_some_and(|active| this.view.contains(Some(&active)));
    if !(wheel.ctrl_key() || wheel.meta_key() || focused) || wheel.delta_y() == 0.0 {
        return;
    }
    event.prevent_default();
    let (at, width) = (this.at(wheel), this.width());
    let times = if wheel.delta_y() > 0.0 { 1.0 / CLOSER } else { CLOSER };
    let shift = this.shift.zoomed(times, (at.0 / width, at.1 / width));
    this.show(shift);
    drop(this);
    settle(motion);
}

fn key(motion: &Shared, event: &Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    if key.ctrl_key() || key.meta_key() || key.alt_key() {
        return;
    }
    let (shift, middle) = (motion.borrow().shift, (0.5, 0.5));
    let shift = match key.key().as_str() {
        "ArrowLeft" => shift.dragged(STEP, 0.0),
        "ArrowRight" => shift.dragged(-STEP, 0.0),
        "ArrowUp" => shift.dragged(0.0, STEP),
        "ArrowDown" => shift.dragged(0.0, -STEP),
        "+" => shift.zoomed(CLOSER, middle),
        "-" => shift.zoomed(1.0 / CLOSER, middle),
        _ => return,
    };
    event.prevent_default();
    motion.borrow_mut().show(shift);
    settle(motion);
}

/// Asks for the map of what is looked at, once it rests.
fn settle(motion: &Shared) {
    let later = motion.clone();
    let timer = set_timeout_with_handle(
        move || {
            let address = later.borrow().address();
            if let Some(address) = address {
                go(&later, address, History::Replace);
            }
        },
        REST,
    );
    if let Some(before) = std::mem::replace(&mut motion.borrow_mut().timer, timer.ok()) {
        before.clear();
    }
}

/// Shows the state of the page at an address.
fn go(motion: &Shared, address: String, history: History) {
    let (asked, drawn) = {
        let mut this = motion.borrow_mut();
        if let Some(timer) = this.timer.take() {
            timer.clear();
        }
        let _ = this.view.set_attribute("aria-busy", "true");
        this.asked += 1;
        // A link leads to a map of its own; else what is looked at is drawn anew.
        let drawn = (history == History::Replace).then_some(this.shift);
        (this.asked, drawn)
    };
    let motion = motion.clone();
    leptos::task::spawn_local(async move {
        let page = swap::fetch(&address).await;
        let mut this = motion.borrow_mut();
        if this.asked != asked {
            return;
        }
        let _ = this.view.remove_attribute("aria-busy");
        if !page.is_some_and(|page| swap::swap(&page, &address, history, VIEW)) {
            swap::leave_for(&address);
            return;
        }
        let shift = drawn.map_or(Shift::NONE, |drawn| this.shift.since(drawn));
        if shift == Shift::NONE {
            this.shift = shift;
        } else {
            this.show(shift);
        }
        let heading =
            document().query_selector("h1").ok().flatten().and_then(|heading| heading.text_content());
        this.said.set(heading.unwrap_or_default());
    });
}

impl Motion {
    fn sheet(&self) -> Option<HtmlElement> {
        self.view.query_selector("[data-area]").ok().flatten()?.dyn_into().ok()
    }

    fn width(&self) -> f64 {
        self.view.get_bounding_client_rect().width().max(1.0)
    }

    /// Pixels from the upper left corner of the map.
    fn at(&self, mouse: &MouseEvent) -> (f64, f64) {
        let corner = self.view.get_bounding_client_rect();
        (f64::from(mouse.client_x()) - corner.left(), f64::from(mouse.client_y()) - corner.top())
    }

    fn show(&mut self, shift: Shift) {
        self.shift = shift;
        if let Some(sheet) = self.sheet() {
            let _ = sheet.style().set_property("transform", &shift.transform(self.width()));
        }
    }

    /// The address of what is looked at.
    fn address(&self) -> Option<String> {
        let drawn = Area::parse(&self.sheet()?.get_attribute("data-area")?)?;
        let url = Url::new(&window()?.location().href().ok()?).ok()?;
        let query = url.search_params();
        query.set("ausschnitt", &self.shift.area(drawn).to_string());
        query.set("ansicht", "karte");
        query.delete("seite");
        Some(url.pathname() + &url.search().replace("%2C", ","))
    }
}
