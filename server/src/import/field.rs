//! The fields a column of a foreign file can feed.

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A field of an offer or of its facility, by the key it has in mappings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $($(#[$doc])* $name,)*
        }

        impl Field {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

fields! {
    /// The row's id in the file; required.
    ExternalId = "external_id",
    /// Name of the source the row first came from; else the mapping's.
    Source = "source",
    /// What `[care_types]` translates; without that table, the slug itself.
    CareType = "care_type",
    /// Key of an offer form, for example `embedded`.
    Form = "form",
    /// Fachrichtung.
    Specialty = "specialty",
    /// The offer's own name.
    Label = "label",
    /// Slugs or German names, separated by commas.
    Specialisms = "specialisms",
    PlacesTotal = "places_total",
    /// `25 km`, or official keys of municipalities separated by commas.
    ServiceArea = "service_area",
    /// Euros a month.
    CostShare = "cost_share",
    /// The day the cost share was valid.
    CostShareDate = "cost_share_date",
    /// `approved` or `not_approved`.
    Approval = "approval",
    QualityReport = "quality_report_url",
    Conditions = "conditions",
    /// Remarks that `[notes]` translates; what it does not know becomes a condition.
    Note = "note",
    /// External id of the row whose beds these are.
    SharesPlacesWith = "shares_places_with",
    /// Name of the facility; required. A row without one is a draft.
    Name = "name",
    /// The facility's part of an address; a new facility gets it, a stored one keeps its own.
    Slug = "slug",
    /// What makes rows one facility, where a file has a column for it.
    FacilityKey = "facility_key",
    Street = "street",
    HouseNumber = "house_number",
    PostalCode = "postal_code",
    Municipality = "municipality",
    /// Amtlicher Gemeindeschlüssel.
    MunicipalityKey = "municipality_key",
    /// Ortsteil.
    Locality = "locality",
    /// Eigentümer.
    Owner = "owner",
    /// Träger.
    Organization = "organization",
    /// Dachverband.
    Umbrella = "umbrella",
    Phone = "phone",
    Email = "email",
    Website = "website",
    Description = "description",
    /// `Aufnahme: 03871 1, a@b.de | Beschwerden: …`
    Contacts = "contacts",
    /// `Mo 08:00-12:00; Mo 13:00-16:00`, or `nach Vereinbarung`.
    OpeningHours = "opening_hours",
    /// ISO 639-1 codes separated by commas.
    Languages = "languages",
    /// `elevator=ja, hearing_loop=nein`
    Accessibility = "accessibility",
    /// `Hausordnung: https://haus.de/ordnung.pdf | Anmeldung: …`
    Documents = "documents",
    /// Rechtsform.
    LegalForm = "legal_form",
    /// Who acts for it in law.
    RepresentedBy = "represented_by",
    /// Court and number of the register.
    Register = "register",
    /// Aufsichtsbehörde.
    SupervisoryAuthority = "supervisory_authority",
    /// Institutionskennzeichen: nine digits.
    InstitutionCode = "institution_code",
    Lat = "lat",
    Lon = "lon",
}

impl Field {
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }
}
