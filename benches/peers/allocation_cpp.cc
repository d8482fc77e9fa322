// bench_cpp_allocation ALLOC|GEN [SAMPLES [CASE]]: Arrow C++ for the cases of allocation.c, which says what they are.
// GEN writes the file that reader_batches reads: 200 batches of 1 to 10,000 rows of 8 int32 columns.
#include "bench.hpp"

#include <arrow/api.h>
#include <arrow/io/api.h>
#include <arrow/ipc/api.h>

#include <memory>

uint64_t g_sink;

namespace {

constexpr int kSizes = 4096, kAllocations = 200000, kLive = 1000, kRing = 256, kKept = 8, kBatches = 200, kColumns = 8;
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

template <class T>
T Must(arrow::Result<T> result) {
  if (!result.ok()) abort();
  return std::move(result).ValueUnsafe();
}

void Must(const arrow::Status& status) {
  if (!status.ok()) abort();
}

std::unique_ptr<arrow::Buffer> Allocate(int64_t size) {
  auto buffer = Must(arrow::AllocateBuffer(size, arrow::default_memory_pool()));
  *const_cast<volatile uint8_t*>(buffer->mutable_data()) = 1;
  return buffer;
}

uint64_t Mix(const Sizes& sizes) {
  uint64_t sum = 0;
  for (int i = 0; i < kAllocations; i++) sum += Allocate(sizes[i % kSizes])->size();
  return sum;
}

uint64_t Replace(const Sizes& sizes) {
  std::vector<std::unique_ptr<arrow::Buffer>> live;
  uint64_t state = kSeed, sum = 0;
  for (int i = 0; i < kLive; i++) live.push_back(Allocate(sizes[i % kSizes]));
  for (int i = 0; i < kAllocations; i++) {
    auto& place = live[NextRandom(state) % kLive];
    place.reset();
    place = Allocate(sizes[i % kSizes]);
    sum += place->size();
  }
  return sum;
}

struct Ring {
  alignas(128) std::atomic<uint32_t> put{0};
  alignas(128) std::atomic<uint32_t> taken{0};
  alignas(128) std::unique_ptr<arrow::Buffer> buffers[kRing];
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
    auto buffer = Allocate(sizes[i % kSizes]);
    while (i - ring->taken.load(std::memory_order_acquire) == kRing) sched_yield();
    ring->buffers[i % kRing] = std::move(buffer);
    ring->put.store(i + 1, std::memory_order_release);
  }
  other.join();
  return kAllocations;
}

uint64_t ReadBatchesOfFile(const std::string& path) {
  std::shared_ptr<arrow::RecordBatch> kept[kKept];
  auto file = Must(arrow::io::ReadableFile::Open(path));
  auto reader = Must(arrow::ipc::RecordBatchStreamReader::Open(file));
  uint64_t sum = 0;
  for (int i = 0;; i++) {
    std::shared_ptr<arrow::RecordBatch> batch;
    Must(reader->ReadNext(&batch));
    if (batch == nullptr) break;
    for (int column = 0; column < batch->num_columns(); column++) {
      sum += static_cast<const arrow::Int32Array&>(*batch->column(column)).raw_values()[0];
    }
    kept[i % kKept] = std::move(batch);
  }
  return sum;
}

void Generate() {
  arrow::FieldVector fields;
  for (int i = 0; i < kColumns; i++) fields.push_back(arrow::field("c" + std::to_string(i), arrow::int32()));
  auto schema = arrow::schema(fields);
  auto file = Must(arrow::io::FileOutputStream::Open(dpath("allocation.arrows")));
  auto writer = Must(arrow::ipc::MakeStreamWriter(file, schema));
  uint64_t state = kSeed;
  for (int i = 0; i < kBatches; i++) {
    const auto rows = static_cast<int64_t>(1 + NextRandom(state) % 10000);
    arrow::ArrayVector columns;
    for (int column = 0; column < kColumns; column++) {
      arrow::Int32Builder builder;
      for (int64_t row = 0; row < rows; row++) Must(builder.Append(static_cast<int32_t>(row * kColumns + column)));
      columns.push_back(Must(builder.Finish()));
    }
    Must(writer->WriteRecordBatch(*arrow::RecordBatch::Make(schema, rows, columns)));
  }
  Must(writer->Close());
  Must(file->Close());
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

int main(int argc, char** argv) { return bench_main(argc, argv, "cpp", {{"ALLOC", Allocation}, {"GEN", Generate}}); }
