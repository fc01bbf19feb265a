use escrow_rules::bytes::Reader;
use escrow_rules::refusal::Refusal;
use escrow_rules::settle::Settlement;

#[inline(always)]
pub fn parse(data: &[u8]) -> Result<Settlement<'_>, Refusal> {
    let mut reader = Reader::new(data);
    Ok(Settlement {
        sequence: reader.amount()?,
        receipt_root: reader.take()?,
        last: reader.flag()?,
        lines: reader.rows()?,
    })
}
