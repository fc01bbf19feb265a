use rules::bytes::Reader;
use rules::refusal::Refusal;
use rules::registry::register::Declared;

/// The digest of the manifest, and what a call costs.
pub fn parse(data: &[u8]) -> Result<Declared<'_>, Refusal> {
    let mut reader = Reader::new(data);
    let declared = declared(&mut reader)?;
    reader.end()?;
    Ok(declared)
}

pub fn declared<'a>(reader: &mut Reader<'a>) -> Result<Declared<'a>, Refusal> {
    Ok(Declared { manifest: reader.take()?, price: reader.amount()?, unit: reader.byte()?, most_units: reader.word()? })
}
