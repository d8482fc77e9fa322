// bench_nano_more WORKLOAD [SAMPLES [CASE]]: nanoarrow for the workloads that the shared peer programs do not have.
// Its cases do what the cases of the same names do in allocation.c, bits.c and growth.c, as far as nanoarrow has the operation:
// of bits it counts, and its buffers come from malloc, without alignment, pool or statistics.
#include "bench.hpp"

#include <nanoarrow/nanoarrow.h>
#include <nanoarrow/nanoarrow_ipc.h>

#include <memory>

uint64_t g_sink;

namespace {

void Must(int code) {
  if (code != NANOARROW_OK) abort();
}

// A buffer that is freed at the end of its scope.
class Owned {
 public:
  Owned() { ArrowBufferInit(&buffer_); }
  explicit Owned(int64_t size) : Owned() {
    Must(ArrowBufferResize(&buffer_, size, 0));
    *const_cast<volatile uint8_t*>(buffer_.data) = 1;
  }
  Owned(Owned&& other) noexcept { ArrowBufferMove(&other.buffer_, &buffer_); }
  Owned& operator=(Owned&& other) noexcept {
    ArrowBufferReset(&buffer_);
    ArrowBufferMove(&other.buffer_, &buffer_);
    return *this;
  }
  ~Owned() { ArrowBufferReset(&buffer_); }
  ArrowBuffer* get() { return &buffer_; }
  uint8_t* data() { return buffer_.data; }
  int64_t size() const { return buffer_.size_bytes; }
  void reset() { ArrowBufferReset(&buffer_); }

 private:
  ArrowBuffer buffer_;
};

void Bits() {
  constexpr int64_t kLargeBytes = 1 << 20;
  std::vector<uint8_t> first(kLargeBytes + 64);
  uint32_t noise = 1;
  for (int64_t i = 0; i < kLargeBytes + 8; i++) {
    noise = noise * 1664525 + 1013904223;
    first[i] = static_cast<uint8_t>(noise >> 24);
  }
  for (int large = 1; large >= 0; large--) {
    const int64_t bits = large ? kLargeBytes * 8 : 64;
    const int times = large ? 100 : 100000;
    for (int64_t start : {0, 3}) {
      const std::string name = std::string(large ? "count_1m_" : "count_64_") + std::to_string(start);
      bench(name.c_str(), times, times * static_cast<double>(bits / 8), [&] {
        uint64_t sum = 0;
        for (int i = 0; i < times; i++) {
          sum += static_cast<uint64_t>(ArrowBitCountSet(first.data(), start, bits));
          clobber();
        }
        return sum;
      });
    }
  }
}

void Growth() {
  constexpr int64_t kBuilt = 64 << 20, kHuge = 1 << 30, kAllocations = 1000000;
  uint8_t run[64];
  memset(run, 3, sizeof run);
  bench("tail1", kBuilt, kBuilt, [&] {
    Owned built;
    for (int64_t i = 0; i < kBuilt; i++) Must(ArrowBufferAppendUInt8(built.get(), static_cast<uint8_t>(i)));
    return uint64_t{built.data()[77]};
  });
  bench("tail1_reserved", kBuilt, kBuilt, [&] {
    Owned built;
    Must(ArrowBufferReserve(built.get(), kBuilt));
    for (int64_t i = 0; i < kBuilt; i++) {
      const auto byte = static_cast<uint8_t>(i);
      ArrowBufferAppendUnsafe(built.get(), &byte, 1);
    }
    return uint64_t{built.data()[77]};
  });
  bench("tail64", kBuilt / 64, kBuilt, [&] {
    Owned built;
    for (int64_t i = 0; i < kBuilt / 64; i++) {
      run[0] = static_cast<uint8_t>(i);
      Must(ArrowBufferAppend(built.get(), run, 64));
    }
    return uint64_t{built.data()[77]};
  });
  bench("tail64_reserved", kBuilt / 64, kBuilt, [&] {
    Owned built;
    Must(ArrowBufferReserve(built.get(), kBuilt));
    for (int64_t i = 0; i < kBuilt / 64; i++) {
      run[0] = static_cast<uint8_t>(i);
      ArrowBufferAppendUnsafe(built.get(), run, 64);
    }
    return uint64_t{built.data()[77]};
  });
  bench("touch_1g", 1, kHuge, [&] {
    Owned touched;
    Must(ArrowBufferReserve(touched.get(), kHuge));
    memset(touched.data(), 1, kHuge);
    clobber();
    return uint64_t{touched.data()[77]};
  });
  bench("grow_1g", 1, kHuge, [&] {
    Owned built;
    for (int64_t room = 64; built.size() < kHuge; room = built.size()) {
      Must(ArrowBufferReserve(built.get(), room));
      memset(built.data() + built.size(), 1, room);
      clobber();
      built.get()->size_bytes += room;
    }
    return uint64_t{built.data()[77]};
  });
  auto allocate = [] {
    for (int64_t i = 0; i < kAllocations; i++) Owned(64).reset();
  };
  bench("alloc_free_64_1t", kAllocations, 0, [&] {
    allocate();
    return uint64_t{0};
  });
  bench("alloc_free_64_2t", 2.0 * kAllocations, 0, [&] {
    std::thread other(allocate);
    allocate();
    other.join();
    return uint64_t{0};
  });
}

constexpr int kSizes = 4096, kAllocations = 200000, kLive = 1000, kRing = 256, kKept = 8, kBatches = 200;
constexpr uint64_t kSmallest = 64, kLargest = 64 << 10, kSeed = 0x9E3779B97F4A7C15;

uint64_t NextRandom(uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

using Sizes = std::vector<uint32_t>;

Sizes UniformSizes() {
  uint64_t state = kSeed;
  Sizes sizes(kSizes);
  for (auto& size : sizes) size = static_cast<uint32_t>(kSmallest + NextRandom(state) % (kLargest - kSmallest + 1));
  return sizes;
}

Sizes LogUniformSizes() {
  uint64_t state = kSeed;
  Sizes sizes(kSizes);
  for (auto& size : sizes) {
    const uint64_t random = NextRandom(state), power = kSmallest << random % 10;
    size = static_cast<uint32_t>(power + (random >> 32) % power);
  }
  return sizes;
}

uint64_t Mix(const Sizes& sizes) {
  uint64_t sum = 0;
  for (int i = 0; i < kAllocations; i++) sum += static_cast<uint64_t>(Owned(sizes[i % kSizes]).size());
  return sum;
}

uint64_t Replace(const Sizes& sizes) {
  std::vector<Owned> live;
  uint64_t state = kSeed, sum = 0;
  live.reserve(kLive);
  for (int i = 0; i < kLive; i++) live.emplace_back(sizes[i % kSizes]);
  for (int i = 0; i < kAllocations; i++) {
    Owned& place = live[NextRandom(state) % kLive];
    place.reset();
    place = Owned(sizes[i % kSizes]);
    sum += static_cast<uint64_t>(place.size());
  }
  return sum;
}

struct Ring {
  alignas(128) std::atomic<uint32_t> put{0};
  alignas(128) std::atomic<uint32_t> taken{0};
  alignas(128) Owned buffers[kRing];
};

uint64_t HandOver(const Sizes& sizes) {
  auto ring = std::make_unique<Ring>();
  std::thread other([&] {
    for (uint32_t i = 0; i < kAllocations; i++) {
      while (ring->put.load(std::memory_order_acquire) == i) sched_yield();
      ring->buffers[i % kRing].reset();
      ring->taken.store(i + 1, std::memory_order_release);
    }
  });
  for (uint32_t i = 0; i < kAllocations; i++) {
    Owned buffer(sizes[i % kSizes]);
    while (i - ring->taken.load(std::memory_order_acquire) == kRing) sched_yield();
    ring->buffers[i % kRing] = std::move(buffer);
    ring->put.store(i + 1, std::memory_order_release);
  }
  other.join();
  return kAllocations;
}

uint64_t ReadBatchesOfFile(const std::string& path) {
  ArrowIpcInputStream input;
  ArrowArrayStream stream;
  ArrowArray kept[kKept] = {};
  uint64_t sum = 0;
  Must(ArrowIpcInputStreamInitFile(&input, fopen(path.c_str(), "rb"), 1));
  Must(ArrowIpcArrayStreamReaderInit(&stream, &input, nullptr));
  for (int i = 0;; i++) {
    ArrowArray batch;
    Must(stream.get_next(&stream, &batch));
    if (batch.release == nullptr) break;
    for (int64_t column = 0; column < batch.n_children; column++) {
      sum += static_cast<uint64_t>(static_cast<const int32_t*>(batch.children[column]->buffers[1])[0]);
    }
    if (kept[i % kKept].release != nullptr) ArrowArrayRelease(&kept[i % kKept]);
    ArrowArrayMove(&batch, &kept[i % kKept]);
  }
  for (auto& batch : kept) {
    if (batch.release != nullptr) ArrowArrayRelease(&batch);
  }
  ArrowArrayStreamRelease(&stream);
  return sum;
}

void Allocation() {
  const Sizes uniform = UniformSizes(), log_uniform = LogUniformSizes();
  bench("mix_uniform", kAllocations, 0, [&] { return Mix(uniform); });
  bench("mix_log", kAllocations, 0, [&] { return Mix(log_uniform); });
  bench("live1000_uniform", kAllocations, 0, [&] { return Replace(uniform); });
  bench("live1000_log", kAllocations, 0, [&] { return Replace(log_uniform); });
  bench("cross_thread_log", kAllocations, 0, [&] { return HandOver(log_uniform); });
  bench("reader_batches", kBatches, 0, [path = dpath("allocation.arrows")] { return ReadBatchesOfFile(path); });
}

}  // namespace

int main(int argc, char** argv) {
  return bench_main(argc, argv, "nano", {{"ALLOC", Allocation}, {"BITS", Bits}, {"GROW", Growth}});
}
