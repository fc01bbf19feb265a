use rules::bytes::Reader;
use rules::refusal::Refusal;

/// The line, and how much of what is disputed its payee gets.
pub fn parse(data: &[u8]) -> Result<(u8, u64), Refusal> {
    let mut reader = Reader::new(data);
    let decision = (reader.byte()?, reader.amount()?);
    reader.end()?;
    Ok(decision)
}
