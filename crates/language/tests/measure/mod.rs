//! How well intents are detected on a file of sentences: macro-F1, calibration error, confusions.

use std::{error::Error, fmt, fs, path::Path};

use language::{
    intent::{Context, Detection, Intent, detect},
    window::Line,
};
use serde::Deserialize;

/// Confidences are compared with the share of right answers in ten equal ranges.
const BINS: usize = 10;

/// One line of a file.
#[derive(Debug, Deserialize)]
struct Sentence {
    text: String,
    previous: Option<String>,
    #[serde(default)]
    pending_proposal: bool,
    intent: Intent,
}

/// What was detected in a file.
#[derive(Debug)]
pub(crate) struct Measure {
    judged: Vec<(Sentence, Detection)>,
}

impl Measure {
    /// Detects the intent of every sentence of a JSONL file.
    ///
    /// # Errors
    /// An unreadable file, an empty one, or a line of another shape.
    pub(crate) fn of_file(path: &Path) -> Result<Self, Box<dyn Error>> {
        let mut judged = Vec::new();
        for line in fs::read_to_string(path)?.lines() {
            let sentence: Sentence = serde_json::from_str(line)?;
            let context = Context {
                previous: sentence.previous.as_deref(),
                pending_proposal: sentence.pending_proposal,
            };
            let detection = detect(&sentence.text, context);
            judged.push((sentence, detection));
        }
        if judged.is_empty() {
            return Err("no sentence".into());
        }
        Ok(Self { judged })
    }

    /// Mean F1 of the intents that the file has.
    pub(crate) fn macro_f1(&self) -> f64 {
        let scores: Vec<f64> = Intent::ALL.iter().filter_map(|i| self.f1(*i)).collect();
        scores.iter().sum::<f64>() / scores.len() as f64
    }

    /// Expected calibration error: the mean distance of confidence and share of right answers.
    pub(crate) fn calibration_error(&self) -> f64 {
        let mut gaps = [0.0_f64; BINS];
        for (sentence, detection) in &self.judged {
            let confidence = f64::from(detection.confidence);
            let bin = ((confidence * BINS as f64) as usize).min(BINS - 1);
            let right = f64::from(u8::from(sentence.intent == detection.intent));
            gaps[bin] += confidence - right;
        }
        gaps.iter().map(|g| g.abs()).sum::<f64>() / self.judged.len() as f64
    }

    /// The share of the confirmations that pass the reading as well: nothing is changed, and nothing
    /// that says more than yes is left over.
    pub(crate) fn passed(&self) -> f64 {
        let all = self.count(|s, _| s.intent == Intent::Confirmation);
        let passed = self.count(|s, d| {
            s.intent == Intent::Confirmation && d.confirms() && reads_as_yes(&s.text)
        });
        passed as f64 / all.max(1) as f64
    }

    /// What would be acted upon as a confirmation and is none.
    pub(crate) fn false_confirmations(&self) -> Vec<&str> {
        self.judged
            .iter()
            .filter(|(s, d)| d.confirms() && s.intent != Intent::Confirmation)
            .map(|(s, _)| s.text.as_str())
            .collect()
    }

    /// The share of the confirmations that would be acted upon.
    pub(crate) fn confirmed(&self) -> f64 {
        let all = self.count(|s, _| s.intent == Intent::Confirmation);
        self.count(|s, d| s.intent == Intent::Confirmation && d.confirms()) as f64
            / all.max(1) as f64
    }

    fn f1(&self, intent: Intent) -> Option<f64> {
        let expected = self.count(|s, _| s.intent == intent);
        let detected = self.count(|_, d| d.intent == intent);
        let right = self.count(|s, d| s.intent == intent && d.intent == intent);
        (expected > 0).then(|| 2.0 * right as f64 / (expected + detected) as f64)
    }

    fn count(&self, of: impl Fn(&Sentence, &Detection) -> bool) -> usize {
        self.judged.iter().filter(|(s, d)| of(s, d)).count()
    }
}

/// Whether the reading lets a message be a yes.
fn reads_as_yes(text: &str) -> bool {
    let line = Line {
        text: text.to_owned(),
        ..Line::default()
    };
    let now = jiff::civil::date(2026, 11, 22).at(12, 0, 0, 0);
    let now = now.to_zoned(jiff::tz::TimeZone::UTC);
    now.is_ok_and(|now| line.reading(&now).may_be_yes())
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} sentences, macro-F1 {:.4}, ECE {:.4}, confirmations acted upon {:.3}, read as yes {:.3}, \
             false ones {}",
            self.judged.len(),
            self.macro_f1(),
            self.calibration_error(),
            self.confirmed(),
            self.passed(),
            self.false_confirmations().len(),
        )?;
        for expected in Intent::ALL {
            write!(f, "{:>18} |", expected.as_str())?;
            for detected in Intent::ALL {
                let count = self.count(|s, d| s.intent == expected && d.intent == detected);
                write!(f, "{count:5}")?;
            }
            let f1 = self
                .f1(expected)
                .map_or_else(String::new, |f1| format!("  F1 {f1:.3}"));
            writeln!(f, "{f1}")?;
        }
        for (sentence, detection) in self.judged.iter().filter(|(s, d)| s.intent != d.intent) {
            let Sentence { text, intent, .. } = sentence;
            let Detection {
                intent: detected,
                confidence,
                ..
            } = detection;
            writeln!(
                f,
                "{} as {} {confidence:.2}: {text}",
                intent.as_str(),
                detected.as_str()
            )?;
        }
        Ok(())
    }
}
