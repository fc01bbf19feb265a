use rules::bytes::{Key, Reader};
use rules::refusal::Refusal;

/// The digest of what the owner answers.
pub fn parse(data: &[u8]) -> Result<&Key, Refusal> {
    let mut reader = Reader::new(data);
    let key = reader.take()?;
    reader.end()?;
    Ok(key)
}
