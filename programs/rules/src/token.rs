use crate::bytes::{same, Key};
use crate::refusal::Refusal;

// Layouts of the token programs (spl-token state.rs, spl-token-2022 extension/mod.rs, read 2026-11-21).
const MINT_SIZE: usize = 82;
const ACCOUNT_SIZE: usize = 165;
const KIND_AT: usize = 165; // behind the base, in accounts with extensions
const KIND_MINT: u8 = 1;
const KIND_ACCOUNT: u8 = 2;
const STATE_AT: usize = 108;
const INITIALIZED: u8 = 1;
const DEFAULT_FROZEN: u8 = 2;

const MEMO_TRANSFER: u16 = 8;

/// Extensions that only describe a token: pointers to and fields of its metadata and its group.
const HARMLESS: [u16; 6] = [18, 19, 20, 21, 22, 23];

/// The decimals of a mint. What kind of token it is was checked when the escrow was opened: some of that can change later,
/// and must not keep payees from being paid.
#[inline(always)]
pub fn decimals(data: &[u8]) -> Result<u8, Refusal> {
    data.get(44).copied().ok_or(Refusal::MintMalformed)
}

/// The decimals of a mint whose transfers move exactly what they say and that nobody else can move.
pub fn check_mint(data: &[u8]) -> Result<u8, Refusal> {
    let malformed = data.len() < MINT_SIZE || data[45] != 1;
    if malformed || (data.len() > MINT_SIZE && (data.len() <= KIND_AT || data[KIND_AT] != KIND_MINT)) {
        return Err(Refusal::MintMalformed);
    }
    if data.len() > KIND_AT {
        each_extension(&data[KIND_AT + 1..], |kind, value| refuse_extension(kind, value)).map_err(
            |fault| match fault {
                Fault::Refused(refusal) => refusal,
                Fault::Malformed => Refusal::MintMalformed,
            },
        )?;
    }
    Ok(data[44])
}

fn refuse_extension(kind: u16, value: &[u8]) -> Result<(), Refusal> {
    match kind {
        1 => Err(Refusal::MintTransferFee),
        4 | 10 | 16 | 24 => Err(Refusal::MintConfidential),
        6 if value.first() != Some(&DEFAULT_FROZEN) => Ok(()),
        6 => Err(Refusal::MintDefaultFrozen),
        12 => Err(Refusal::MintPermanentDelegate),
        14 => Err(Refusal::MintTransferHook),
        26 => Err(Refusal::MintPausable),
        known if HARMLESS.contains(&known) => Ok(()),
        _ => Err(Refusal::MintExtensionUnknown),
    }
}

enum Fault {
    Malformed,
    Refused(Refusal),
}

fn each_extension(mut rest: &[u8], mut seen: impl FnMut(u16, &[u8]) -> Result<(), Refusal>) -> Result<(), Fault> {
    while rest.len() >= 4 {
        let kind = u16::from_le_bytes([rest[0], rest[1]]);
        if kind == 0 {
            return Ok(());
        }
        let length = u16::from_le_bytes([rest[2], rest[3]]) as usize;
        let value = rest.get(4..4 + length).ok_or(Fault::Malformed)?;
        seen(kind, value).map_err(Fault::Refused)?;
        rest = &rest[4 + length..];
    }
    Ok(())
}

/// The owner and the mint of a token account that is open and not frozen.
#[inline(always)]
fn open_account(data: &[u8]) -> Option<(&Key, &Key)> {
    if data.len() < ACCOUNT_SIZE || data[STATE_AT] != INITIALIZED {
        return None;
    }
    if data.len() > ACCOUNT_SIZE && data[KIND_AT] != KIND_ACCOUNT {
        return None;
    }
    let (mint, rest) = data.split_first_chunk::<32>()?;
    Some((rest.first_chunk::<32>()?, mint))
}

/// Whether a transfer to this account would go through: open, of this mint, not frozen, and asking for no memo.
#[inline(always)]
pub fn takes_tokens(data: &[u8], mint: &Key) -> bool {
    let Some((_, of)) = open_account(data) else { return false };
    same(of, mint) && (data.len() == ACCOUNT_SIZE || !asks_for_memo(&data[KIND_AT + 1..]))
}

#[inline(never)]
fn asks_for_memo(extensions: &[u8]) -> bool {
    let asks = |kind, value: &[u8]| match kind == MEMO_TRANSFER && value.first() == Some(&1) {
        true => Err(Refusal::PayeeAccountWrong),
        false => Ok(()),
    };
    each_extension(extensions, asks).is_err()
}

/// Whether this is an open account of the mint that belongs to `owner`.
pub fn belongs_to(data: &[u8], mint: &Key, owner: &Key) -> bool {
    matches!(owner_of(data, mint), Some(of) if same(of, owner))
}

/// Whose an open account of the mint is.
pub fn owner_of<'a>(data: &'a [u8], mint: &Key) -> Option<&'a Key> {
    open_account(data).filter(|(_, kind)| same(kind, mint)).map(|(owner, _)| owner)
}

/// How much a token account holds.
#[inline(always)]
pub fn balance(data: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(*data.get(64..72)?.first_chunk::<8>()?))
}
