use rules::bytes::{Key, Reader};
use rules::refusal::Refusal;

/// Who may take the agent over; nobody, when it is zero.
pub fn parse(data: &[u8]) -> Result<&Key, Refusal> {
    let mut reader = Reader::new(data);
    let key = reader.take()?;
    reader.end()?;
    Ok(key)
}
