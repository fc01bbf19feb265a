use rules::bytes::Reader;
use rules::refusal::Refusal;
use rules::registry::config::Settings;

/// How many members must agree, how many there are, the arbiter, and all keys: members first, then mints, each with the
/// account that slashed stake of it goes to.
pub fn parse(data: &[u8]) -> Result<Settings<'_>, Refusal> {
    let mut reader = Reader::new(data);
    let (threshold, members, arbiter) = (reader.byte()?, reader.byte()? as usize, reader.take()?);
    let (members, rest) = reader.rows::<32>()?.split_at_checked(members).ok_or(Refusal::DataMalformed)?;
    let (mints, odd) = rest.as_chunks::<2>();
    if odd.is_empty() {
        Ok(Settings { threshold, arbiter, members, mints })
    } else {
        Err(Refusal::DataMalformed)
    }
}
