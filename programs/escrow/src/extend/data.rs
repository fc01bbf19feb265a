use rules::bytes::Reader;
use rules::refusal::Refusal;

/// The new time until which earnings are recorded, and the new expiry.
pub fn parse(data: &[u8]) -> Result<(i64, i64), Refusal> {
    let mut reader = Reader::new(data);
    let times = (reader.time()?, reader.time()?);
    reader.end()?;
    Ok(times)
}
