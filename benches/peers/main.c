/* bench_nock WORKLOAD [SAMPLES [CASE]]: the peers' workloads on nock's public header. */
#include "workloads.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void die(const char *why) {
  fprintf(stderr, "bench_nock: %s\n", why);
  exit(3);
}

char *data_path(const char *name, int disk) {
  const char *folder = getenv("PB_DATA");
  if (folder == NULL) folder = "/dev/shm/peerbench";
  if (disk && getenv("PB_DISK")) folder = getenv("PB_DISK");
  size_t len = strlen(folder) + strlen(name) + 2;
  char *path = malloc(len);
  if (path == NULL) die("out of memory");
  snprintf(path, len, "%s/%s", folder, name);
  return path;
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*run)(void);
  } workloads[] = {
      {"W3", small_batches_workload}, {"W4", wide_schema_workload}, {"W5", file_workload},
      {"W6", random_access_workload}, {"W8", memory_workload}, {"BITS", bits_workload},
      {"GROW", growth_workload},     {"ALLOC", allocation_workload},
  };
  if (argc < 2) {
    fprintf(stderr, "usage: %s W3|W4|W5|W6|W8|BITS|GROW|ALLOC [SAMPLES [CASE]]\n", argv[0]);
    return 1;
  }
  for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++) {
    if (strcmp(argv[1], workloads[i].name) == 0) {
      measure_begin(argv[1], argc > 2 ? atoi(argv[2]) : 7, argc > 3 ? argv[3] : NULL);
      workloads[i].run();
      return 0;
    }
  }
  printf("{\"peer\":\"nock\",\"w\":\"%s\",\"case\":\"*\",\"na\":\"workload not supported\"}\n", argv[1]);
  return 0;
}
