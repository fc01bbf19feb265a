use rules::bytes::Reader;
use rules::refusal::Refusal;

/// An amount and nothing else.
pub fn parse(data: &[u8]) -> Result<u64, Refusal> {
    let mut reader = Reader::new(data);
    let amount = reader.amount()?;
    reader.end()?;
    Ok(amount)
}
