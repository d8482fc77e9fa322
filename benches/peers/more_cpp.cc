// bench_cpp_more WORKLOAD [SAMPLES [CASE]]: Arrow C++ for the workloads that the shared peer programs do not have.
// Its cases do what the cases of the same names do in bits.c and growth.c.
#include "bench.hpp"

#include <arrow/api.h>
#include <arrow/util/bitmap_ops.h>

#include <memory>

uint64_t g_sink;

using arrow::internal::BitmapAnd;
using arrow::internal::BitmapEquals;
using arrow::internal::BitmapXor;
using arrow::internal::CopyBitmap;
using arrow::internal::CountSetBits;
using arrow::internal::InvertBitmap;

namespace {

constexpr int64_t kLargeBytes = 1 << 20;
constexpr int kLargeTimes = 100, kSmallTimes = 100000;

uint8_t* Block() {
  void* bytes = aligned_alloc(64, kLargeBytes + 64);
  memset(bytes, 0, kLargeBytes + 64);
  return static_cast<uint8_t*>(bytes);
}


void Bits() {
  uint8_t *first = Block(), *second = Block(), *target = Block();
  uint32_t noise = 1;
  for (int64_t i = 0; i < kLargeBytes + 8; i++) {
    noise = noise * 1664525 + 1013904223;
    first[i] = static_cast<uint8_t>(noise >> 24);
  }
  for (int large = 1; large >= 0; large--) {
    const int64_t bits = large ? kLargeBytes * 8 : 64;
    const int times = large ? kLargeTimes : kSmallTimes;
    const std::string size = large ? "1m" : "64";
    auto run = [&](const std::string& name, int64_t a, int64_t b, auto one) {
      CopyBitmap(first, a, bits, second, b);
      bench(name.c_str(), times, times * static_cast<double>(bits / 8), [&] {
        uint64_t sum = 0;
        for (int i = 0; i < times; i++) {
          sum += one();
          clobber();
        }
        return sum;
      });
    };
    for (int64_t a : {0, 3})
      run("count_" + size + "_" + std::to_string(a), a, 0, [=] { return CountSetBits(first, a, bits); });
    run("and_" + size + "_000", 0, 0, [=] { BitmapAnd(first, 0, second, 0, bits, 0, target); return target[5]; });
    run("and_" + size + "_351", 3, 5, [=] { BitmapAnd(first, 3, second, 5, bits, 1, target); return target[5]; });
    run("xor_" + size + "_351", 3, 5, [=] { BitmapXor(first, 3, second, 5, bits, 1, target); return target[5]; });
    run("not_" + size + "_31", 3, 0, [=] { InvertBitmap(first, 3, bits, target, 1); return target[5]; });
    run("copy_" + size + "_30", 3, 0, [=] { CopyBitmap(first, 3, bits, target, 0); return target[5]; });
    run("copy_" + size + "_31", 3, 0, [=] { CopyBitmap(first, 3, bits, target, 1); return target[5]; });
    run("equal_" + size + "_00", 0, 0, [=] { return BitmapEquals(first, 0, second, 0, bits); });
    run("equal_" + size + "_35", 3, 5, [=] { return BitmapEquals(first, 3, second, 5, bits); });
  }
  free(first), free(second), free(target);
}

void Growth() {
  auto* pool = arrow::default_memory_pool();
  constexpr int64_t kBuilt = 64 << 20, kHuge = 1 << 30, kAllocations = 1000000;
  auto must = [](const arrow::Status& status) {
    if (!status.ok()) abort();
  };
  auto finish = [](auto& builder) -> uint64_t { return (*builder.Finish())->data()[77]; };
  // Where nock's program fills the writable tail, Arrow C++ has an append that the compiler puts in place.
  bench("tail1", kBuilt, kBuilt, [&] {
    arrow::BufferBuilder builder(pool);
    for (int64_t i = 0; i < kBuilt; i++) {
      uint8_t byte = static_cast<uint8_t>(i);
      must(builder.Append(&byte, 1));
    }
    return finish(builder);
  });
  bench("tail1_reserved", kBuilt, kBuilt, [&] {
    arrow::TypedBufferBuilder<uint8_t> builder(pool);
    must(builder.Reserve(kBuilt));
    for (int64_t i = 0; i < kBuilt; i++) builder.UnsafeAppend(static_cast<uint8_t>(i));
    return finish(builder);
  });
  uint8_t run[64];
  memset(run, 3, sizeof run);
  bench("tail64", kBuilt / 64, kBuilt, [&] {
    arrow::BufferBuilder builder(pool);
    for (int64_t i = 0; i < kBuilt / 64; i++) {
      run[0] = static_cast<uint8_t>(i);
      must(builder.Append(run, 64));
    }
    return finish(builder);
  });
  bench("tail64_reserved", kBuilt / 64, kBuilt, [&] {
    arrow::BufferBuilder builder(pool);
    must(builder.Reserve(kBuilt));
    for (int64_t i = 0; i < kBuilt / 64; i++) {
      run[0] = static_cast<uint8_t>(i);
      builder.UnsafeAppend(run, 64);
    }
    return finish(builder);
  });
  bench("touch_1g", 1, kHuge, [&] {
    auto buffer = *arrow::AllocateBuffer(kHuge, pool);
    memset(buffer->mutable_data(), 1, kHuge);
    clobber();
    return static_cast<uint64_t>(buffer->data()[77]);
  });
  bench("grow_1g", 1, kHuge, [&] {
    arrow::BufferBuilder builder(pool);
    for (int64_t room = 64; builder.length() < kHuge; room = builder.length()) {
      must(builder.Resize(builder.length() + room, false));
      memset(builder.mutable_data() + builder.length(), 1, room);
      clobber();
      builder.UnsafeAdvance(room);
    }
    return finish(builder);
  });
  auto allocate = [&] {
    for (int64_t i = 0; i < kAllocations; i++) {
      auto buffer = *arrow::AllocateBuffer(64, pool);
      *const_cast<volatile uint8_t*>(buffer->mutable_data()) = 1;
    }
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

}  // namespace

int main(int argc, char** argv) { return bench_main(argc, argv, "cpp", {{"BITS", Bits}, {"GROW", Growth}}); }
