//! What it looks like.

use leptos::prelude::*;

use crate::{
    domain::upload::{LARGE, Picture, SMALL, UploadFile},
    routes,
};

/// Small pictures that lead to the large ones. Browsers fetch them when they come into sight, and no larger than they
/// are shown.
#[component]
pub fn Pictures(pictures: Vec<Picture>) -> impl IntoView {
    (!pictures.is_empty()).then(|| {
        let rows = pictures
            .into_iter()
            .map(|picture| {
                let large = routes::upload(picture.id, UploadFile::Picture);
                view! {
                    <li>
                        <a href=large>
                            <PictureView picture />
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section aria-labelledby="pictures">
                <h2 id="pictures">"Bilder"</h2>
                <ul class="pictures">{rows}</ul>
            </section>
        }
    })
}

/// One picture, as wide as there is room for it in a list of pictures.
#[component]
pub fn PictureView(picture: Picture) -> impl IntoView {
    let small = routes::upload(picture.id, UploadFile::SmallPicture);
    let large = routes::upload(picture.id, UploadFile::Picture);
    let longest = picture.width.max(picture.height);
    // What was never larger than the small size has one size only.
    let sizes = (longest > SMALL).then(|| {
        let small_width = u64::from(picture.width) * u64::from(SMALL) / u64::from(longest);
        format!("{small} {small_width}w, {large} {}w", picture.width.min(LARGE))
    });
    view! {
        <img
            src=small
            srcset=sizes
            sizes="(min-width: 48rem) 20rem, 90vw"
            alt=picture.alt
            width=picture.width.to_string()
            height=picture.height.to_string()
            loading="lazy"
            decoding="async"
        />
    }
}
