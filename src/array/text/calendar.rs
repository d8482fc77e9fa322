//! Days, times and instants as text, in the proleptic Gregorian calendar.

use std::fmt::{self, Write};

/// Year, month and day of a day counted from 1970-01-01.
///
/// Years are counted from March on, so that the leap day is the last of its year; 146097 days make a cycle of 400 years.
pub(super) fn civil(days: i64) -> (i64, u32, u32) {
    const CYCLE: i64 = 146_097;
    // Days from 0000-03-01 on; no i64 that stands for a date or timestamp comes near the limits, others saturate.
    let shifted = days.saturating_add(719_468);
    let cycle = shifted.div_euclid(CYCLE);
    let day = shifted.rem_euclid(CYCLE);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = cycle * 400 + year + i64::from(month <= 2);
    (year, month as u32, day_of_month as u32)
}

/// A day counted from 1970-01-01.
pub(super) fn write_date(out: &mut impl Write, days: i64) -> fmt::Result {
    let (year, month, day) = civil(days);
    if year < 0 {
        return write!(out, "-{:04}-{month:02}-{day:02}", year.unsigned_abs());
    }
    write!(out, "{year:04}-{month:02}-{day:02}")
}

/// A time of day in units of which a second has `10^digits`.
pub(super) fn write_time(out: &mut impl Write, value: i64, digits: usize) -> fmt::Result {
    let per_second = 10_i64.pow(digits as u32);
    let seconds = value / per_second;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    write!(out, "{hour:02}:{minute:02}:{second:02}")?;
    if digits > 0 {
        write!(out, ".{:0digits$}", value % per_second)?;
    }
    Ok(())
}

/// An instant in units of which a second has `10^digits`, counted from 1970-01-01 00:00:00.
pub(super) fn write_instant(out: &mut impl Write, value: i64, digits: usize) -> fmt::Result {
    let per_day = 86_400 * 10_i64.pow(digits as u32);
    write_date(out, value.div_euclid(per_day))?;
    out.write_char(' ')?;
    write_time(out, value.rem_euclid(per_day), digits)
}

#[cfg(test)]
mod tests {
    use super::{civil, write_date, write_instant, write_time};

    fn text(write: impl Fn(&mut String) -> std::fmt::Result) -> String {
        let mut out = String::new();
        write(&mut out).expect("memory");
        out
    }

    #[test]
    fn known_days() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (19_782, "2024-02-29"),
            (-25_509, "1900-02-28"),
            (-25_508, "1900-03-01"),
            (-719_528, "0000-01-01"),
            (-719_529, "-0001-12-31"),
            (2_932_896, "9999-12-31"),
            (2_932_897, "10000-01-01"),
        ] {
            assert_eq!(text(|out| write_date(out, days)), expected);
        }
    }

    #[test]
    fn days_follow_each_other() {
        let mut before = civil(-800_000);
        for day in -799_999..800_000 {
            let now = civil(day);
            assert!(now > before, "{before:?} {now:?}");
            assert!((1..=12).contains(&now.1) && (1..=31).contains(&now.2));
            before = now;
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        for value in [i64::MIN, i64::MAX, 0, -1] {
            for digits in [0, 3, 6, 9] {
                text(|out| write_instant(out, value, digits));
                text(|out| write_time(out, value, digits));
            }
            text(|out| write_date(out, value));
        }
    }

    #[test]
    fn fractions_have_the_digits_of_their_unit() {
        assert_eq!(text(|out| write_time(out, 3_661_005, 3)), "01:01:01.005");
        assert_eq!(text(|out| write_time(out, 86_399, 0)), "23:59:59");
        assert_eq!(
            text(|out| write_instant(out, -1, 9)),
            "1969-12-31 23:59:59.999999999"
        );
    }
}
