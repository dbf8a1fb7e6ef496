//! Dated facts to tell with an entry rule.

use serde::Serialize;
use travel::Locale;

use super::{
    Passport, Requirement,
    right::{Right, in_schengen},
};

/// Something to know beside the rule, with the day on which it was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// ETIAS, the travel authorisation that Europe plans for visitors who need no visa.
    Etias,
    /// The Entry/Exit System at the borders of the Schengen area.
    EntryExit,
    /// The days without a visa are counted over the whole Schengen area.
    SchengenDays,
    /// China's waiver was announced until the end of 2026.
    ChinaWaiver,
}

impl Remark {
    /// The day, or the month, on which the fact was known.
    #[must_use]
    pub const fn as_of(self) -> &'static str {
        match self {
            Self::Etias => "2026-05-15",
            Self::EntryExit => "2025-10-12",
            Self::SchengenDays => "2026-02-17",
            Self::ChinaWaiver => "2025-11",
        }
    }

    /// The official page about it.
    #[must_use]
    pub const fn link(self) -> Option<&'static str> {
        match self {
            Self::Etias => Some("https://travel-europe.europa.eu/etias_en"),
            Self::EntryExit => Some("https://travel-europe.europa.eu/ees_en"),
            Self::SchengenDays | Self::ChinaWaiver => None,
        }
    }

    /// The fact, in short.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match self {
            Self::Etias => locale.pick(
                "ETIAS (20 €) : pas encore en service le 15 mai 2026, prévu fin 2026 ; à vérifier",
                "ETIAS (€20): not in operation on 15 May 2026, planned for late 2026; to be checked",
            ),
            Self::EntryExit => locale.pick(
                "système d'entrée/sortie (EES) : empreintes et photo à la frontière, introduit à \
                 partir du 12 octobre 2025",
                "Entry/Exit System (EES): fingerprints and photo at the border, introduced from \
                 12 October 2025",
            ),
            Self::SchengenDays => locale.pick(
                "90 jours sur 180 dans tout l'espace Schengen",
                "90 days within 180 in the whole Schengen area",
            ),
            Self::ChinaWaiver => locale.pick(
                "dispense de visa annoncée jusqu'au 31 décembre 2026 ; au-delà, à vérifier",
                "visa waiver announced until 31 December 2026; to be checked for later days",
            ),
        }
    }
}

/// The remarks on a rule.
pub(super) fn of(
    passport: Passport,
    country: &str,
    requirement: Requirement,
    right: Option<Right>,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let foreign = right.is_none() && requirement != Requirement::Home;
    let visa_free = matches!(requirement, Requirement::Days(_) | Requirement::Free);
    if foreign && in_schengen(country) {
        remarks.push(Remark::EntryExit);
        if visa_free {
            remarks.push(Remark::SchengenDays);
        }
    }
    if foreign && visa_free && (in_schengen(country) || country == "CY") {
        remarks.push(Remark::Etias);
    }
    // The waiver of the Europeans is one-sided and dated; other agreements have no such end.
    if country == "CN" && passport.moves_freely() && visa_free {
        remarks.push(Remark::ChinaWaiver);
    }
    remarks
}
