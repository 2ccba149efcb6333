//! Letters: what the portal writes to people by mail, the same words as plain text and as HTML.

use leptos::prelude::*;

use crate::domain::portal::Portal;

/// A letter without its greeting and signature, which all have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub subject: String,
    /// Whom it is for; `None`: nobody knows their name.
    pub name: Option<String>,
    pub paragraphs: Vec<String>,
    /// The one thing to do: what the button says, and the whole address it leads to.
    pub action: Option<(&'static str, String)>,
    /// What is said below the button.
    pub afterwards: Vec<String>,
}

impl Letter {
    fn greeting(&self) -> String {
        self.name.as_ref().map_or_else(|| "Guten Tag,".to_owned(), |name| format!("Guten Tag {name},"))
    }

    fn signature(portal: &Portal) -> Vec<String> {
        let example = "Dieses Portal ist ein Beispiel: Einrichtungen und Personen sind erfunden.";
        [format!("{} – {}", portal.name, portal.county), portal.base_url.clone()]
            .into_iter()
            .chain(portal.demo.then(|| example.to_owned()))
            .collect()
    }

    /// As plain text.
    pub fn text(&self, portal: &Portal) -> String {
        let mut parts = vec![self.greeting()];
        parts.extend(self.paragraphs.iter().cloned());
        if let Some((label, link)) = &self.action {
            parts.push(format!("{label}:\n{link}"));
        }
        parts.extend(self.afterwards.iter().cloned());
        parts.push(format!("-- \n{}", Self::signature(portal).join("\n")));
        let mut text = parts.join("\n\n");
        text.push('\n');
        text
    }

    /// As HTML that needs nothing from anywhere.
    pub fn html(&self, portal: &Portal) -> String {
        let own = format!("{}/", portal.base_url);
        // A line that is nothing but an address of ours is a link.
        let line = |text: String| {
            if text.starts_with(&own) && !text.contains(char::is_whitespace) {
                let to = text.clone();
                return view! { <a href=to>{text}</a> }.into_any();
            }
            text.into_any()
        };
        let paragraph = |text: String| {
            let mut lines = text.lines().map(str::to_owned);
            let first = lines.next().unwrap_or_default();
            let others = lines.map(|text| view! { <br /> {line(text)} }).collect_view();
            view! { <p style="margin:0 0 16px">{line(first)} {others}</p> }.into_any()
        };
        let above = std::iter::once(self.greeting()).chain(self.paragraphs.iter().cloned());
        let button = self.action.clone().map(|(label, link)| {
            view! {
                <p style="margin:0 0 16px">
                    <a
                        href=link.clone()
                        style="display:inline-block;padding:12px 20px;border-radius:4px;background:#171a2b;color:#ffffff;text-decoration:none"
                    >
                        {label}
                    </a>
                </p>
                <p style="margin:0 0 16px;font-size:14px">
                    "Oder kopieren Sie diese Adresse in Ihren Browser:" <br /> {link}
                </p>
            }
        });
        let signature =
            Self::signature(portal).into_iter().map(|line| view! { {line} <br /> }).collect_view();
        let body = view! {
            <body style="margin:0;padding:24px;background:#ffffff;color:#171a2b;font:16px/1.5 sans-serif">
                {above.map(&paragraph).collect_view()}
                {button}
                {self.afterwards.iter().cloned().map(paragraph).collect_view()}
                <p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #cccccc;font-size:14px">{signature}</p>
            </body>
        };
        let title = view! { <title>{self.subject.clone()}</title> };
        format!(
            "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\">{}</head>{}</html>",
            title.to_html(),
            // Places where the page of a browser would be changed.
            body.to_html().replace("<!>", "")
        )
    }
}
