/* The layout of every struct that crosses the boundary, as numbers. */
#include "harness.h"

#include <stddef.h>

#define SIZE(type, bytes) CHECK(sizeof(type) == (bytes))
#define AT(type, member, offset) CHECK(offsetof(type, member) == (offset))

/* The Arrow specification gives members, not numbers; these follow from it where a pointer has 8 bytes. */
static void arrow_structs(void) {
  if (sizeof(void *) != 8) {
    return;
  }
  SIZE(struct ArrowSchema, 72);
  AT(struct ArrowSchema, format, 0);
  AT(struct ArrowSchema, name, 8);
  AT(struct ArrowSchema, metadata, 16);
  AT(struct ArrowSchema, flags, 24);
  AT(struct ArrowSchema, n_children, 32);
  AT(struct ArrowSchema, children, 40);
  AT(struct ArrowSchema, dictionary, 48);
  AT(struct ArrowSchema, release, 56);
  AT(struct ArrowSchema, private_data, 64);

  SIZE(struct ArrowArray, 80);
  AT(struct ArrowArray, length, 0);
  AT(struct ArrowArray, null_count, 8);
  AT(struct ArrowArray, offset, 16);
  AT(struct ArrowArray, n_buffers, 24);
  AT(struct ArrowArray, n_children, 32);
  AT(struct ArrowArray, buffers, 40);
  AT(struct ArrowArray, children, 48);
  AT(struct ArrowArray, dictionary, 56);
  AT(struct ArrowArray, release, 64);
  AT(struct ArrowArray, private_data, 72);

  SIZE(struct ArrowArrayStream, 40);
  AT(struct ArrowArrayStream, get_schema, 0);
  AT(struct ArrowArrayStream, get_next, 8);
  AT(struct ArrowArrayStream, get_last_error, 16);
  AT(struct ArrowArrayStream, release, 24);
  AT(struct ArrowArrayStream, private_data, 32);

  SIZE(struct ArrowDeviceArray, 128);
  AT(struct ArrowDeviceArray, array, 0);
  AT(struct ArrowDeviceArray, device_id, 80);
  AT(struct ArrowDeviceArray, device_type, 88);
  AT(struct ArrowDeviceArray, sync_event, 96);
  AT(struct ArrowDeviceArray, reserved, 104);

  SIZE(struct ArrowDeviceArrayStream, 48);
  AT(struct ArrowDeviceArrayStream, device_type, 0);
  AT(struct ArrowDeviceArrayStream, get_schema, 8);
  AT(struct ArrowDeviceArrayStream, get_next, 16);
  AT(struct ArrowDeviceArrayStream, get_last_error, 24);
  AT(struct ArrowDeviceArrayStream, release, 32);
  AT(struct ArrowDeviceArrayStream, private_data, 40);
}

static void options(void) {
  SIZE(nock_stream_open_options_t, 16);
  AT(nock_stream_open_options_t, flags, 4);
  AT(nock_stream_open_options_t, permissions, 8);
  AT(nock_stream_open_options_t, reserved, 12);
  SIZE(nock_stream_map_options_t, 24);
  AT(nock_stream_map_options_t, flags, 4);
  AT(nock_stream_map_options_t, offset, 8);
  AT(nock_stream_map_options_t, length, 16);
  SIZE(nock_ipc_write_options_t, 16);
  AT(nock_ipc_write_options_t, flags, 4);
  AT(nock_ipc_write_options_t, alignment, 8);
  AT(nock_ipc_write_options_t, max_nesting, 12);
  SIZE(nock_ipc_read_options_t, 32);
  AT(nock_ipc_read_options_t, flags, 4);
  AT(nock_ipc_read_options_t, max_metadata_bytes, 8);
  AT(nock_ipc_read_options_t, max_body_bytes, 16);
  AT(nock_ipc_read_options_t, max_nesting, 24);
  AT(nock_ipc_read_options_t, validation, 28);
}

static void bits(void) {
  SIZE(nock_bits_t, 3 * sizeof(void *));
  AT(nock_bits_t, data, 0);
  AT(nock_bits_t, len, sizeof(void *));
  AT(nock_bits_t, offset, 2 * sizeof(void *));
}

static void pool_options(void) {
  SIZE(nock_pool_backend_options_t, 32);
  AT(nock_pool_backend_options_t, struct_size, 0);
  AT(nock_pool_backend_options_t, flags, 4);
  AT(nock_pool_backend_options_t, large_bytes, 8);
  AT(nock_pool_backend_options_t, cache_bytes, 16);
  AT(nock_pool_backend_options_t, numa, 24);
  AT(nock_pool_backend_options_t, numa_node, 28);
}

static void callback_sets(void) {
  SIZE(nock_pool_callbacks_t, 8 + 6 * sizeof(void *));
  AT(nock_pool_callbacks_t, struct_size, 0);
  AT(nock_pool_callbacks_t, flags, 4);
  AT(nock_pool_callbacks_t, alloc, 8);
  AT(nock_pool_callbacks_t, resize, 8 + sizeof(void *));
  AT(nock_pool_callbacks_t, dealloc, 8 + 2 * sizeof(void *));
  AT(nock_pool_callbacks_t, release_unused, 8 + 3 * sizeof(void *));
  AT(nock_pool_callbacks_t, release, 8 + 4 * sizeof(void *));
  AT(nock_pool_callbacks_t, user_data, 8 + 5 * sizeof(void *));
  SIZE(nock_pool_log_callbacks_t, 8 + 3 * sizeof(void *));
  AT(nock_pool_log_callbacks_t, struct_size, 0);
  AT(nock_pool_log_callbacks_t, flags, 4);
  AT(nock_pool_log_callbacks_t, event, 8);
  AT(nock_pool_log_callbacks_t, release, 8 + sizeof(void *));
  AT(nock_pool_log_callbacks_t, user_data, 8 + 2 * sizeof(void *));
  SIZE(nock_pool_fault_callbacks_t, 8 + 3 * sizeof(void *));
  AT(nock_pool_fault_callbacks_t, struct_size, 0);
  AT(nock_pool_fault_callbacks_t, flags, 4);
  AT(nock_pool_fault_callbacks_t, fault, 8);
  AT(nock_pool_fault_callbacks_t, release, 8 + sizeof(void *));
  AT(nock_pool_fault_callbacks_t, user_data, 8 + 2 * sizeof(void *));
}

static void array_view(void) {
  AT(nock_array_view_t, struct_size, 0);
  AT(nock_array_view_t, layout, 4);
  AT(nock_array_view_t, length, 8);
  AT(nock_array_view_t, null_count, 16);
  AT(nock_array_view_t, value_width, 24);
  AT(nock_array_view_t, data_size, 32);
  AT(nock_array_view_t, validity_bit, 40);
  AT(nock_array_view_t, values_bit, 44);
  AT(nock_array_view_t, validity, 48);
  AT(nock_array_view_t, values, 48 + sizeof(void *));
  AT(nock_array_view_t, offsets, 48 + 2 * sizeof(void *));
  AT(nock_array_view_t, data, 48 + 3 * sizeof(void *));
  SIZE(nock_array_view_t, 48 + 4 * sizeof(void *));
}

static void option_structs(void) {
  SIZE(nock_stream_open_options_t, 16);
  AT(nock_stream_open_options_t, struct_size, 0);
  AT(nock_stream_open_options_t, flags, 4);
  AT(nock_stream_open_options_t, permissions, 8);
  AT(nock_stream_open_options_t, reserved, 12);

  SIZE(nock_stream_map_options_t, 24);
  AT(nock_stream_map_options_t, struct_size, 0);
  AT(nock_stream_map_options_t, flags, 4);
  AT(nock_stream_map_options_t, offset, 8);
  AT(nock_stream_map_options_t, length, 16);
}

static void structs_with_pointers(void) {
  const size_t pointer = sizeof(void *);
  SIZE(nock_bytes_t, 2 * pointer);
  AT(nock_bytes_t, data, 0);
  AT(nock_bytes_t, len, pointer);

  SIZE(nock_str_t, 2 * pointer);
  AT(nock_str_t, data, 0);
  AT(nock_str_t, len, pointer);

  SIZE(nock_array_view_t, 48 + 4 * pointer);
  AT(nock_array_view_t, struct_size, 0);
  AT(nock_array_view_t, layout, 4);
  AT(nock_array_view_t, length, 8);
  AT(nock_array_view_t, null_count, 16);
  AT(nock_array_view_t, value_width, 24);
  AT(nock_array_view_t, data_size, 32);
  AT(nock_array_view_t, validity_bit, 40);
  AT(nock_array_view_t, values_bit, 44);
  AT(nock_array_view_t, validity, 48);
  AT(nock_array_view_t, values, 48 + pointer);
  AT(nock_array_view_t, offsets, 48 + 2 * pointer);
  AT(nock_array_view_t, data, 48 + 3 * pointer);
}

static void numbers(void) {
  SIZE(nock_status_t, 4);
  SIZE(nock_open_mode_t, 4);
  SIZE(nock_bytes_t, 2 * sizeof(void *));
  SIZE(bool, 1);
}

int main(void) {
  RUN(arrow_structs);
  RUN(options);
  RUN(bits);
  RUN(pool_options);
  RUN(callback_sets);
  RUN(array_view);
  RUN(option_structs);
  RUN(structs_with_pointers);
  RUN(numbers);
  return harness_done();
}
