use rules::bytes::{Key, Reader};
use rules::refusal::Refusal;

/// How much, and the digest of what it is for.
pub fn parse(data: &[u8]) -> Result<(u64, &Key), Refusal> {
    let mut reader = Reader::new(data);
    let proposal = (reader.amount()?, reader.take()?);
    reader.end()?;
    Ok(proposal)
}
