/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/job_row.h"
#include "record/vocabulary.h"
#include "source/mend.h"
#include "source/split_text.h"

#define COLUMNS_HERE 16
#define ROOM 96

static const char header[] =
	"JobID|JobName|User|Account|State|Submit|Start|End|ElapsedRaw|Timelimit|AllocCPUS|ReqMem|"
	"AllocTRES|NodeList|TotalCPU|MaxRSS";

struct target {
	struct slice names[COLUMNS_HERE];
	struct layout layout;
	struct mend *mend, *mend_commas;
	struct zone *zone;
	struct splitter ahead[SPLITTER_WIDE + 1]; /* each with other eyes, as far as there are
	                                             such */
};

static struct target *target(void)
{
	static struct target *one;

	if (one)
		return one;
	one = g_new0(struct target, 1);
	split_text(slice_of(header), slice_of("|"), one->names, COLUMNS_HERE);
	layout_init(&one->layout, one->names, COLUMNS_HERE);
	one->mend = mend_new(&column_vocabulary, one->names, COLUMNS_HERE, FALSE);
	one->mend_commas = mend_new(&column_vocabulary, one->names, COLUMNS_HERE, TRUE);
	one->zone = zone_new(NULL, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(one->ahead); i++) {
		splitter_init(&one->ahead[i], '|', ROOM);
		one->ahead[i].eyes = MIN(one->ahead[i].eyes, (enum splitter_eyes)i);
	}
	return one;
}

static void read_row(const struct target *one, const char *text, const guint32 *begins)
{
	struct row row = { .text = text, .begins = begins, .count = COLUMNS_HERE };
	struct job_row job_row = { .layout = &one->layout, .row = &row, .zone = one->zone };
	struct usage usage;
	struct job_name name;
	struct job job;

	if (!job_row_name(&job_row, &name))
		return;
	if (name.step)
		job_row_read_step(&job_row, &usage);
	else if (job_row_read(&job_row, &job, &usage))
		g_assert(job.elapsed_seconds >= 0 && job.nodes >= 0 && job.cpus >= 0);
}

/* With a byte behind each, as rows have them. */
static void read_mended(const struct target *one, const struct slice *fields)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	guint32 begins[COLUMNS_HERE + 1] = { 0 };

	for (guint i = 0; i < COLUMNS_HERE; i++) {
		g_string_append_len(joined, fields[i].data, (gssize)fields[i].length);
		g_string_append_c(joined, '|');
		begins[i + 1] = (guint32)joined->len;
	}
	read_row(one, joined->str, begins);
}

/* Rows, split ahead, are those that are split one by one. */
static void check_rows(struct splitter *ahead, const char *begin, const char *limit,
                       guint32 *begins)
{
	struct split a, b;

	splitter_forget(ahead);
	do {
		a = splitter_next(ahead, begin, limit);
		b = split_row(begin, limit, '|', begins, ROOM);
		g_assert(a.end == b.end);
		if (!a.end)
			return;
		g_assert(a.count == b.count && a.nul == b.nul && a.ascii == b.ascii);
		for (guint i = 0; i <= MIN(a.count, ROOM); i++)
			g_assert(a.text + a.begins[i] == b.text + b.begins[i]);
		begin = a.end + 1;
	} while (begin < limit);
}

/* What is mended of a line covers its fields in order. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct target *one = target();
	g_autofree char *bytes = g_malloc(size + 65);
	guint32 begins[ROOM + 1];
	struct slice plain[ROOM];
	const struct slice *mended;
	struct split a;

	memcpy(bytes, data, size);
	memset(bytes + size, '\n', 65);
	for (guint i = 0; i < G_N_ELEMENTS(one->ahead); i++)
		check_rows(&one->ahead[i], bytes, bytes + size + 1, begins);
	a = split_row(bytes, bytes + size + 1, '|', begins, ROOM);
	if (a.count > ROOM)
		return 0;
	for (guint i = 0; i < a.count; i++)
		plain[i] = split_field(bytes, begins, i);
	mended = mend_fields(a.count % 2 ? one->mend : one->mend_commas, plain, a.count);
	if (mended)
		for (guint i = 0; i + 1 < MIN(a.count, COLUMNS_HERE); i++)
			g_assert(mended[i].data + mended[i].length < mended[i + 1].data);
	if (mended)
		read_mended(one, mended);
	else if (a.count == COLUMNS_HERE)
		read_row(one, bytes, begins);
	return 0;
}
