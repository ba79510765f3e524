/* SPDX-License-Identifier: Apache-2.0 */
/* people: who works on the synthetic cluster, at what, and when. Tables, written by hand;
 * everything planted in the sample is planted here. */
#ifndef SAMPLE_PEOPLE_H
#define SAMPLE_PEOPLE_H

#include <glib.h>

enum pool { POOL_BATCH, POOL_BIGMEM, POOL_GPU, POOLS };

/* A class of nodes; each is its own partition. */
struct pool_info {
	const char *partition;
	const char *stem; /* of node names: cn → cn001 */
	int digits;
	int nodes, cpus, memory_mb, gpus; /* all but the first: of one node */
};

extern const struct pool_info pools[POOLS];

#define ACCOUNTS 7
#define PEOPLE 76

struct account {
	const char *name, *group;
	int people;             /* the next so many of the table of people */
	int failed_permille;    /* jobs that end FAILED */
	int timeout_permille;
	int cancelled_permille; /* by hand, while running */
	int memory_permille;    /* OUT_OF_MEMORY */
};

extern const struct account accounts[ACCOUNTS];
extern const char *const people[PEOPLE];

const struct account *account_of(guint person);

/* How a job is made of steps. */
enum steps {
	STEPS_BATCH,      /* the script does it all */
	STEPS_ONE,        /* one srun over all nodes */
	STEPS_IN_TURN,    /* two sruns, one after the other */
	STEPS_SIDE_BY_SIDE /* four sruns at once */
};

/* A way to work: what its jobs ask, how long they last, what they use. */
struct kind {
	enum pool pool;
	int nodes[4], cpus[4], gpus[4]; /* one of the four; cpus and gpus on each node */
	int mb_per_cpu;                 /* 0: all memory of the node */
	gint32 minutes[5];              /* quartiles */
	int cpu_permille[2];            /* use of the CPUs, from … to */
	int memory_permille[2];         /* use of the memory asked for */
	int gpu_percent[2];             /* use of each GPU, where it is measured */
	int tasks[2];                   /* size of a job array; 1: no array */
	int chain[2];                   /* jobs submitted together, each after the other */
	enum steps steps;
};

/* When people submit. */
enum season {
	SEASON_TERM,      /* weeks of term, little in August and at the turn of the year */
	SEASON_SPRING,    /* a campaign in May */
	SEASON_AUTUMN,    /* a smaller one in October and November */
	SEASON_DEADLINES, /* course work, due at the ends of April and of November */
	SEASON_GROWTH,    /* more from month to month */
	SEASON_HOLIDAYS,  /* the last three days of the year */
	SEASONS
};

/* Weight of an hour of the year (0 … 8759) for submitting. */
gint64 season_weight(enum season season, guint hour);

/* One line of the plan of the year: each of these people submits about so many jobs of a kind. */
struct duty {
	guint first, last; /* people */
	const struct kind *kind;
	enum season season;
	int jobs;
};

extern const struct duty duties[];
extern const guint duties_count;

#endif
