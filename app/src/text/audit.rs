//! What was done, in words.

use crate::domain::audit::Action;

/// What was done, for a list; `None`: by a newer program.
pub fn action(action: Option<Action>) -> &'static str {
    let Some(action) = action else { return "etwas, das dieses Programm nicht kennt" };
    match action {
        Action::AccountAdded => "Konto angelegt",
        Action::AccountRemoved => "Konto gelöscht",
        Action::AccountReset => "Konto zurückgesetzt",
        Action::PasswordChanged => "Passwort geändert",
        Action::PasswordReset => "Passwort über E-Mail neu gewählt",
        Action::AddressChanged => "E-Mail-Adresse geändert",
        Action::TotpSetUp => "zweiten Schritt eingerichtet",
        Action::TotpRemoved => "zweiten Schritt abgeschaltet",
        Action::RecoveryCodeUsed => "Ersatzcode benutzt",
        Action::SessionsEnded => "Geräte abgemeldet",
        Action::CountyMailChanged => "E-Mails über Neues an- oder abgeschaltet",
        Action::Invited => "eingeladen",
        Action::InvitationWithdrawn => "Einladung zurückgenommen",
        Action::InvitationTaken => "Einladung angenommen",
        Action::RoleChanged => "Rolle geändert",
        Action::EntryAdded => "Eintrag angelegt",
        Action::EntrySubmitted => "Entwurf eingereicht",
        Action::EntryCorrected => "eingereichten Entwurf berichtigt",
        Action::EntryWithdrawn => "Entwurf zurückgeholt oder verworfen",
        Action::EntryApproved => "freigegeben",
        Action::EntryReturned => "zurückgegeben",
        Action::EntryConfirmed => "Angaben bestätigt",
        Action::EntryArchived => "archiviert",
        Action::EntryDeclined => "auf Wunsch nicht mehr gezeigt",
        Action::EntryRestored => "wieder gezeigt",
        Action::EntryMerged => "mit einem anderen Eintrag zusammengeführt",
        Action::OperatorChanged => "Träger gewechselt",
        Action::ProposalDismissed => "Vorschlag eines Imports abgelehnt",
        Action::NoticeAccepted => "Hinweis oder Antrag angenommen",
        Action::NoticeRefused => "Hinweis oder Antrag abgelehnt",
        Action::PersonSeen => "Kontodaten einer Person angesehen",
        Action::TeamSeen => "Liste der Personen angesehen",
        Action::SessionsSeen => "angesehen, wer angemeldet ist",
        Action::LogSeen => "Protokoll angesehen",
        Action::TableTaken => "Tabelle der Einträge heruntergeladen",
        Action::CareTypeChanged => "Angebotsart geändert",
        Action::SpecialismChanged => "Schwerpunkt geändert",
        Action::WordsChanged => "Wörter der Suche geändert",
        Action::Imported => "Datei eingelesen",
        Action::OrganizationAdded => "Träger angelegt",
        Action::OrganizationChanged => "Angaben des Trägers geändert",
    }
}
