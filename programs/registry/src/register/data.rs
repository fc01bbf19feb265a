use rules::bytes::{Key, Reader};
use rules::refusal::Refusal;
use rules::registry::register::Declared;

/// The digest of the name, and what the first version declares.
pub fn parse(data: &[u8]) -> Result<(&Key, Declared<'_>), Refusal> {
    let mut reader = Reader::new(data);
    let name = reader.take()?;
    let declared = crate::new_version::data::declared(&mut reader)?;
    reader.end()?;
    Ok((name, declared))
}
