/*
 * A host that brings its own functions under the names of libraries inside nock. It links with either library, and nock
 * never calls them.
 */
#include "../harness.h"

static int calls;

#define FOREIGN(name)   \
  void *name(void);     \
  void *name(void) {    \
    calls++;            \
    return NULL;        \
  }

FOREIGN(mi_malloc)
FOREIGN(mi_malloc_aligned)
FOREIGN(mi_realloc_aligned)
FOREIGN(mi_free)
FOREIGN(mi_version)
FOREIGN(mi_collect)
FOREIGN(mi_process_init)
FOREIGN(_mi_os_alloc)
FOREIGN(je_malloc)
FOREIGN(je_mallocx)
FOREIGN(je_free)
FOREIGN(_rjem_malloc)
FOREIGN(_rjem_aligned_alloc)
FOREIGN(_rjem_mallocx)
FOREIGN(_rjem_rallocx)
FOREIGN(_rjem_sdallocx)
FOREIGN(_rjem_free)
FOREIGN(_rjem_mallctl)
FOREIGN(_rjem_je_malloc_default)
FOREIGN(_rjem_je_sdallocx_default)
FOREIGN(ZSTD_versionNumber)
FOREIGN(ZSTD_compress)
FOREIGN(ZSTD_decompress)
FOREIGN(ZSTD_createCCtx)
FOREIGN(LZ4_compress_default)
FOREIGN(LZ4F_decompress)
FOREIGN(deflate)
FOREIGN(inflate)
FOREIGN(crc32)
FOREIGN(bz_internal_error)
FOREIGN(rust_eh_personality)
FOREIGN(__rust_alloc)
FOREIGN(__rust_dealloc)

/* Read by jemalloc as its settings; these would end the process. */
const char *_rjem_malloc_conf = "abort_conf:true,no_such_setting:1";

static void library_keeps_to_its_own(void) {
  CHECK(nock_version_number() == NOCK_VERSION_NUMBER);
  for (size_t i = 0; i < nock_pool_backend_count(); i++) {
    nock_pool_t *pool = NULL;
    nock_buffer_t *buffer = NULL;
    CHECK_OK(nock_pool_get(nock_pool_backend_name_at(i), &pool, ERR));
    CHECK_OK(nock_buffer_new_copy("nock", 4, pool, &buffer, ERR));
    CHECK_BYTES(nock_buffer_data(buffer), "nock", 4);
    nock_buffer_unref(buffer);
    void *block = NULL;
    CHECK_OK(nock_pool_alloc(pool, 100, 0, &block, ERR));
    memset(block, 1, 100);
    CHECK_OK(nock_pool_realloc(pool, &block, 100, 100000, 0, ERR));
    nock_pool_dealloc(pool, block, 100000, 0);
    nock_pool_release_unused(pool);
    nock_pool_unref(pool);
  }
  CHECK(calls == 0);
}

int main(void) {
  RUN(library_keeps_to_its_own);
  return harness_done();
}
