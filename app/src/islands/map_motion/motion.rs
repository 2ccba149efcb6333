//! What the map does when it is clicked, pulled, or moved with keys.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{
    AddEventListenerOptions, Element, Event, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent,
    TouchEvent, WheelEvent,
};

use super::gesture::Gesture;
use crate::{
    domain::map::{Area, Shift},
    islands::{live_results::live, swap::History},
    routes,
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
    /// The request for what was looked at, and what that was.
    drawing: Option<(u32, Shift)>,
}

type Shared = Rc<RefCell<Motion>>;

/// Listens on the map of this page, which lives as long as the page.
pub(super) fn start() {
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
    let motion = Motion { view: view.clone(), shift: Shift::NONE, gesture, timer: None, drawing: None };
    let motion: Shared = Rc::new(RefCell::new(motion));
    let map = view.closest("section").ok().flatten().unwrap_or_else(|| view.clone().into());
    listen(&map, "click", &motion, click);
    listen(&map, "swapped", &motion, swapped);
    listen(&view, "pointerdown", &motion, pointer_down);
    listen(&view, "pointermove", &motion, pointer_move);
    listen(&view, "pointerup", &motion, pointer_up);
    listen(&view, "pointercancel", &motion, pointer_up);
    listen(&view, "touchmove", &motion, touch_move);
    listen(&view, "dragstart", &motion, |_, event| event.prevent_default());
    listen(&view, "wheel", &motion, wheel);
    listen(&view, "keydown", &motion, key);
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

/// The map was pulled at a mark, which is not a click on it.
fn click(motion: &Shared, event: &Event) {
    if std::mem::take(&mut motion.borrow_mut().gesture.moved) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Another map is there: the one of what was looked at when it was asked for, or any other.
fn swapped(motion: &Shared, event: &Event) {
    let part = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if part.and_then(|part| part.get_attribute("data-swap")).as_deref() != Some("karte") {
        return;
    }
    let mut this = motion.borrow_mut();
    let drawn = this.drawing.take().filter(|(asked, _)| *asked == live::latest());
    let shift = drawn.map_or(Shift::NONE, |(_, drawn)| this.shift.since(drawn));
    if shift == Shift::NONE {
        this.shift = shift;
    } else {
        this.show(shift);
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
            let Some(area) = later.borrow().area() else { return };
            let query = live::query().with(|q| q.area = Some(area));
            let shift = later.borrow().shift;
            let asked = live::go(routes::search(&query), History::Replace, VIEW);
            later.borrow_mut().drawing = Some((asked, shift));
        },
        REST,
    );
    if let Some(before) = std::mem::replace(&mut motion.borrow_mut().timer, timer.ok()) {
        before.clear();
    }
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

    /// What is looked at.
    fn area(&self) -> Option<Area> {
        let drawn = Area::parse(&self.sheet()?.get_attribute("data-area")?)?;
        Some(self.shift.area(drawn))
    }
}
