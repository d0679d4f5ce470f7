//! An object in place of a list: some calls return a list of one record as the record alone. It is read
//! as that list, and reported.

use super::missing::{Missing, knows};
use super::mistaken::WORDS;
use super::{DecodeError, Model, Reader, Tree};

/// Whether the next object is certainly a record of a type.
pub(crate) type IsRecord = fn(&mut Reader<'_>) -> Result<bool, DecodeError>;

impl Reader<'_> {
    /// Reads a record in place of a list as its only item, and reports it.
    ///
    /// # Errors
    ///
    /// Returns `error` if the object is not such a record.
    #[cold]
    #[inline(never)]
    pub(super) fn item_alone(
        &mut self,
        error: DecodeError,
        is_record: Option<IsRecord>,
        item: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        match is_record {
            Some(is_record) if is_record(self)? => {}
            _ => return Err(error),
        }
        let mark = self.mark();
        match item(self) {
            Ok(()) => {
                self.had_odd_items();
                self.tell_or_fail(error)
            }
            Err(fault) if fault.is_of_the_text() => Err(fault),
            Err(_) => {
                self.back(&mark);
                Err(error)
            }
        }
    }

    /// Whether the next object is certainly a record of this type: it has every field that the API always
    /// returns, and one of them does not occur in errors. Types that are written have no such fields,
    /// since what is sent must be correct.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is not JSON.
    #[cold]
    #[inline(never)]
    pub(crate) fn is_record<M: Model>(&mut self) -> Result<bool, DecodeError> {
        self.has_fields_of(&M::blank())
    }

    fn has_fields_of(&mut self, blank: &dyn Model) -> Result<bool, DecodeError> {
        if !blank.facts().keeps {
            return Ok(false);
        }
        let mark = self.mark();
        let (mut missing, mut is_any) = (Missing::all(blank.facts().required), false);
        self.begin()?;
        while let Some(key) = self.key()? {
            if self.peek()? != b'n' {
                missing.found(&key);
                is_any = is_any || !WORDS.contains(&&*key) && knows(blank, &key);
            }
            self.raw()?;
        }
        let has_all = is_any && missing.is_none();
        let is_record = has_all
            && Tree::lenient(self.since(&mark).as_bytes()).is_ok_and(|tree| !tree.says_it_failed());
        self.back(&mark);
        Ok(is_record)
    }
}

#[cfg(test)]
mod tests {
    use crate::json::tests::{Brand, BrandCreate};
    use crate::json::{self, Reader};
    use crate::{Decode, Envelope, Linked, List};

    crate::declare::read! {
        Note { text: Option<String> = "text", title: Option<String> = "title", }
    }
    crate::declare::read! {
        Shelf {
            id: i64 = required "id",
            brands: List<Brand> = "brands",
            rows: List<Vec<Note>> = "rows",
            linked: Option<Linked<Vec<Brand>>> = "linked",
        }
    }

    /// A value, and its oddities.
    fn read<T: Decode>(body: &str) -> (T, Vec<String>) {
        let mut reader = Reader::over(body);
        let value = T::decode(&mut reader).unwrap();
        let told = reader.into_oddities().unwrap();
        (value, told.iter().map(ToString::to_string).collect())
    }

    fn is_refused<T: Decode>(body: &str) -> bool {
        json::from_str::<T>(body).is_err()
    }

    #[test]
    fn a_record_in_the_place_of_a_list_is_its_only_item_and_told_once() {
        let (brands, told): (Vec<Brand>, _) = read(r#"{"id":7,"name":"Acme","x":1}"#);
        assert_eq!((brands.len(), brands[0].id), (1, 7));
        assert_eq!(told, ["at the top: expected a list, found an object"]);

        let (bare, told): (Envelope<Vec<Brand>>, _) = read(r#"{"name":"Acme","meta":{},"id":7}"#);
        assert_eq!(bare.data.map(|brands| brands[0].id), Some(7));
        assert_eq!(told, ["at the top: expected a list, found an object"]);

        let body = r#"{"data":{"id":7,"views":3.2},"meta":{"total":1}}"#;
        let (page, told): (Envelope<Vec<Brand>>, _) = read(body);
        assert_eq!(json::to_string(&page), body);
        assert_eq!(page.data.map(|brands| brands[0].id), Some(7));
        assert_eq!(
            told,
            [
                "at data.views: expected an integer, found a number",
                "at data: expected a list, found an object",
            ]
        );
    }

    #[test]
    fn a_field_of_which_the_only_item_came_comes_back_unless_it_was_changed() {
        let body =
            r#"{"id":1,"brands":{"id":7},"rows":[{"text":"a"},[{"text":"b"}]],"linked":{"id":8}}"#;
        let (mut shelf, told): (Shelf, _) = read(body);
        assert_eq!(shelf.brands[0].id, 7);
        assert_eq!(shelf.rows.iter().map(Vec::len).sum::<usize>(), 2);
        let linked = shelf.linked.as_ref().and_then(Linked::embedded);
        assert_eq!(linked.map(Vec::len), Some(1));
        assert_eq!(
            told,
            [
                "at brands: expected a list, found an object",
                "at rows[0]: expected a list, found an object",
                "at linked: expected a list, found an object",
            ]
        );
        assert_eq!(json::to_string(&shelf), body);
        assert_eq!(
            json::from_str::<Shelf>(&json::to_string(&shelf)).unwrap(),
            shelf
        );
        shelf.brands[0].id = 9;
        shelf.rows = List::default();
        shelf.linked = None;
        assert_eq!(json::to_string(&shelf), r#"{"id":1,"brands":[{"id":9}]}"#);
    }

    #[test]
    fn what_is_no_record_is_no_item_of_a_list() {
        for body in [
            // It lacks a field that the API always returns.
            r#"{"name":"Acme"}"#,
            r#"{"id":null,"name":"Acme"}"#,
            // An error that has an id, and an ordinary one.
            r#"{"id":"5f0a","status":500,"title":"Down"}"#,
            r#"{"status":422,"title":"Bad","errors":{"name":"is taken"}}"#,
            r#"{"id":7"#,
            r#"{"id":7,"name":}"#,
        ] {
            assert!(is_refused::<Vec<Brand>>(body), "{body}");
            assert!(is_refused::<Envelope<Vec<Brand>>>(body), "{body}");
        }
        // These types require nothing, so any object could be one.
        for body in [
            r#"{"x":1}"#,
            r#"{"title":"Done"}"#,
            r#"{"title":"Bad","status":400,"text":"x"}"#,
        ] {
            assert!(is_refused::<Vec<Note>>(body), "{body}");
            let data = format!(r#"{{"data":{body},"meta":{{}}}}"#);
            assert!(is_refused::<Envelope<Vec<Note>>>(&data), "{body}");
        }
        assert_eq!(json::from_str::<Vec<Note>>("{}").unwrap(), []);
        // Nor is a number, or a type that is sent.
        assert!(is_refused::<Vec<i64>>(r#"{"id":7}"#));
        assert!(is_refused::<Vec<BrandCreate>>(r#"{"name":"Acme"}"#));
        let mut strict = Reader::over(r#"{"id":7}"#).strict();
        assert!(Vec::<Brand>::decode(&mut strict).is_err());
    }
}
