//! Texts that the county writes in Markdown.

use leptos::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// A text with headings, lists and links.
#[component]
pub fn Written(text: String) -> impl IntoView {
    view! { <div class="written" inner_html=html(&text)></div> }
}

/// Markdown as HTML. Markup inside is shown as it was typed, pictures are left out (they would be
/// fetched from elsewhere), and every line break is one: people write addresses.
fn html(text: &str) -> String {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::SoftBreak => Some(Event::HardBreak),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, .. }) => {
            Some(Event::Start(Tag::Heading { level: below(level), id: None, classes: vec![], attrs: vec![] }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let dest_url = if leads_somewhere(&dest_url) { dest_url } else { "".into() };
            Some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        event => Some(event),
    });
    let mut html = String::with_capacity(text.len() * 3 / 2);
    push_html(&mut html, events);
    html
}

/// The page has a heading of the first level already.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

fn leads_somewhere(address: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:", "/", "#"];
    // An address in angle brackets (`<info@kreis.example>`) is mail, and gets its `mailto:` later.
    known.iter().any(|start| address.starts_with(start)) || (address.contains('@') && !address.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_headings_lists_and_links_are_read() {
        assert_eq!(
            html("# Anschrift\n\nKreis\nMarkt 1\n\n- eins\n- [zwei](/kontakt)"),
            "<h2>Anschrift</h2>\n<p>Kreis<br />\nMarkt 1</p>\n<ul>\n<li>eins</li>\n<li><a href=\"/kontakt\">zwei</a></li>\n</ul>\n"
        );
        assert_eq!(
            html("<post@kreis.example>"),
            "<p><a href=\"mailto:post@kreis.example\">post@kreis.example</a></p>\n"
        );
    }

    #[test]
    fn markup_is_text_and_nothing_runs_or_comes_from_elsewhere() {
        let text = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://fremd.example/z.png) \
                    <img src=x onerror=alert(1)> [z](data:text/html,1)";
        let html = html(text);
        assert!(html.contains("&lt;script&gt;") && html.contains("&lt;img"), "{html}");
        for bad in ["<script", "<img", "href=\"javascript", "href=\"data", "fremd.example"] {
            assert!(!html.contains(bad), "{bad}: {html}");
        }
    }
}
