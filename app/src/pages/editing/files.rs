//! Pictures and documents of an entry: what is there, and a form that sends one more.

use leptos::{prelude::*, tachys::view::any_view::AnyView};

use super::part::{TEXT, count, hinted, web};
use crate::{
    components::{
        fields::{Fields, Line},
        form,
        pictures::PictureView,
    },
    domain::{facility::Facility, upload::Picture},
    forms::{MOST_DOCUMENTS, MOST_PICTURES, Part},
    routes,
};

/// What is said of each picture, and where it stands.
pub(super) fn pictures(fields: Fields<'_>, all: &[Picture]) -> AnyView {
    if all.is_empty() {
        return view! { <p>"Noch kein Bild. Menschen sehen gern, wie es bei Ihnen ist: das Haus, ein Zimmer, der Garten."</p> }.into_any();
    }
    let places: Vec<_> =
        (1..=all.len()).map(|place| (place.to_string(), format!("{place}. Stelle"))).collect();
    all.iter()
        .zip(1..)
        .map(|(own, place)| {
            let field = |name| format!("bild-{}-{name}", own.id);
            let order =
                (all.len() > 1).then(|| fields.select(&field("platz"), "Reihenfolge", None, places.clone()));
            view! {
                <fieldset class="choices row-of-fields picture-row">
                    <legend class="kern-label">{format!("Bild {place}")}</legend>
                    <div class="picture-row__seen">
                        <PictureView picture=own.clone() />
                    </div>
                    {fields.line(&field("alt"), "Was ist zu sehen?", TEXT)}
                    {order}
                    {fields.check(&field("weg"), "Dieses Bild entfernen")}
                </fieldset>
            }
        })
        .collect_view()
        .into_any()
}

/// Title and address of each document; one that was sent is where it is.
pub(super) fn documents(fields: Fields<'_>) -> AnyView {
    let rows = (0..count(fields, "unterlage", &["titel", "adresse"], MOST_DOCUMENTS))
        .map(|at| {
            let field = |name| format!("unterlage-{at}-{name}");
            let address = fields.typed.get(&field("adresse")).to_owned();
            let place = if routes::uploaded_document(&address).is_some() {
                view! {
                    <p>
                        <a href=address.clone()>"Hochgeladenes PDF"</a>
                    </p>
                    <input type="hidden" name=field("adresse") value=address />
                    {fields.check(&field("weg"), "Dieses Dokument entfernen")}
                }
                .into_any()
            } else {
                fields.line(&field("adresse"), "Adresse im Netz", web(None))
            };
            view! {
                <fieldset class="choices row-of-fields">
                    <legend class="kern-label">{format!("Dokument {}", at + 1)}</legend>
                    {fields.line(&field("titel"), "Titel", TEXT)}
                    {place}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <p>"Hier stehen Dokumente, die schon im Netz liegen, und PDF-Dateien, die Sie unten hochladen. Zeilen, die leer bleiben, fallen weg."</p>
        {rows}
    }
    .into_any()
}

/// The form that sends a file; nothing where the part takes none, or no more.
pub(super) fn upload(fields: Fields<'_>, part: Part, facility: &Facility, path: &str) -> Option<AnyView> {
    let (title, word, is_full) = match part {
        Part::Pictures => ("Bild hinzufügen", "Bild hochladen", facility.pictures.len() >= MOST_PICTURES),
        Part::Documents => ("PDF hinzufügen", "PDF hochladen", facility.documents.len() >= MOST_DOCUMENTS),
        _ => return None,
    };
    if is_full {
        let text = "Mehr haben keinen Platz. Entfernen Sie erst etwas, um Neues hochzuladen.";
        return Some(view! { <p class="form__hint">{text}</p> }.into_any());
    }
    let inside = if part == Part::Pictures {
        let hint = "JPEG, PNG oder WebP, höchstens 12 MB. Ort und Kameradaten entfernen wir.";
        view! {
            {fields.file("datei", "Bild", Some(hint), "image/jpeg,image/png,image/webp")}
            {fields
                .line(
                    "neu-alt",
                    "Was ist zu sehen?",
                    hinted("Ein kurzer Satz für Menschen, die das Bild nicht sehen. Zum Beispiel: Der Garten mit Bänken unter der Linde."),
                )}
            <p class="form__hint">"Sind Menschen zu erkennen? Dann brauchen Sie deren Einverständnis."</p>
        }
        .into_any()
    } else {
        view! {
            {fields.file("datei", "PDF-Datei", Some("Höchstens 12 MB. Die Datei wird so weitergegeben, wie sie ist."), "application/pdf")}
            {fields.line("neu-titel", "Titel", Line { hint: Some("Zum Beispiel: Hausordnung."), ..TEXT })}
        }
        .into_any()
    };
    let has_fields = part == Part::Documents || !facility.pictures.is_empty();
    let save_first =
        has_fields.then(|| view! { <p>"Speichern Sie zuerst, was Sie oben geändert haben."</p> });
    Some(
        view! {
            <section class="upload" aria-labelledby="hochladen">
                <h2 id="hochladen">{title}</h2>
                {save_first}
                <form class="form form--wide" method="post" action=format!("{path}/neu") enctype="multipart/form-data" novalidate>
                    {inside}
                    {form::submit(word)}
                </form>
            </section>
        }
        .into_any(),
    )
}
