//! Presentational parts; their props are domain types.

pub mod about;
pub mod advice;
pub mod card;
pub mod chips;
pub mod compare;
pub mod contact;
pub mod documents;
pub mod feedback;
pub mod fields;
pub mod filters;
pub mod form;
pub mod frame;
pub mod hours;
pub mod icon;
pub mod keep;
pub mod light;
pub mod map;
pub mod news;
pub mod not_free;
pub mod offer;
pub mod offer_details;
pub mod pagination;
pub mod pictures;
pub mod printed;
pub mod qr;
pub mod report_chart;
pub mod search_form;
pub mod share;
pub mod small_map;
pub mod times;
pub mod traits;
pub mod urgent;
pub mod views;
pub mod written;

#[cfg(test)]
mod tests;
