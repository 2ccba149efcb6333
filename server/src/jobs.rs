//! Background work. Each job may be killed at any moment and begins again where it was.

pub mod alerts;
pub mod mail;
pub mod reminders;
