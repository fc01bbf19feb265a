use pinocchio::error::ProgramError;
use rules::refusal::Refusal;

/// Why an instruction fails: this program refused, or another one that it called did.
pub enum Fault {
    Refused(Refusal),
    Elsewhere(ProgramError),
}

pub type Outcome<T = ()> = Result<T, Fault>;

impl Fault {
    pub fn into_error(self) -> ProgramError {
        match self {
            Fault::Refused(refusal) => ProgramError::Custom(refusal as u32),
            Fault::Elsewhere(error) => error,
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Fault::Refused(refusal)
    }
}

impl From<ProgramError> for Fault {
    fn from(error: ProgramError) -> Self {
        Fault::Elsewhere(error)
    }
}
