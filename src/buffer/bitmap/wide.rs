//! Loops over many bits, compiled twice on x86-64: for every processor, and for those with vectors of 256 bits and an
//! instruction that counts bits. Which one runs is asked for each time; std keeps the answer.

/// A loop that gains from wide vectors. `run` is `inline(always)` in all its parts, or it is compiled for every processor only.
pub(super) trait Work {
    /// What comes of it.
    type Out;
    /// Do it.
    fn run(self) -> Self::Out;
}

/// Below this many bits asking costs more than it gains.
const FEW_BITS: usize = 1024;

/// Do `work`, which goes over `bits` bits.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(super) fn run<W: Work>(bits: usize, work: W) -> W::Out {
    #[target_feature(enable = "avx2,popcnt")]
    fn with_wide_vectors<W: Work>(work: W) -> W::Out {
        work.run()
    }
    if bits >= FEW_BITS
        && std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("popcnt")
    {
        // SAFETY: the processor has both, checked just now.
        return unsafe { with_wide_vectors(work) };
    }
    work.run()
}

/// Do `work`, which goes over `bits` bits.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub(super) fn run<W: Work>(_bits: usize, work: W) -> W::Out {
    work.run()
}
