use crate::refusal::Refusal;
use core::mem::{align_of, size_of};

/// What one account holds as a whole.
///
/// # Safety
/// Laid out as C does, of integers and arrays of them without padding, so that every bit pattern is one of its values;
/// its first byte is its tag, which no other kind of record of the same program has.
pub unsafe trait Record: Sized {
    const TAG: u8;
    /// What bytes are refused with that are something else.
    const WRONG: Refusal;

    #[inline(always)]
    fn read(bytes: &[u8]) -> Result<&Self, Refusal> {
        if !fits::<Self>(bytes) || bytes.first() != Some(&Self::TAG) {
            return Err(Self::WRONG);
        }
        // SAFETY: length and alignment were checked; what bits there are does not matter.
        Ok(unsafe { &*bytes.as_ptr().cast::<Self>() })
    }

    #[inline(always)]
    fn read_mut(bytes: &mut [u8]) -> Result<&mut Self, Refusal> {
        Self::read(bytes)?;
        Self::over(bytes)
    }

    /// The same bytes without a look at what they say: an account that was made just now has no tag yet.
    #[inline(always)]
    fn over(bytes: &mut [u8]) -> Result<&mut Self, Refusal> {
        if !fits::<Self>(bytes) {
            return Err(Self::WRONG);
        }
        // SAFETY: as in `read`.
        Ok(unsafe { &mut *bytes.as_mut_ptr().cast::<Self>() })
    }
}

#[inline(always)]
fn fits<T>(bytes: &[u8]) -> bool {
    bytes.len() == size_of::<T>() && (bytes.as_ptr() as usize).is_multiple_of(align_of::<T>())
}
