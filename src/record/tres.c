/* SPDX-License-Identifier: Apache-2.0 */
#include "record/value.h"

/* The GPUs of a list as they are named in it, before it is known whether an untyped total comes as
 * well. */
struct gathering {
	struct tres *tres;
	gint64 untyped, typed, mig; /* VALUE_UNKNOWN when there is none */
	gint64 util_untyped, util_typed;
	gboolean usage;
};

static gboolean add(gint64 *sum, gint64 more)
{
	if (more == VALUE_UNKNOWN)
		return TRUE;
	if (*sum == VALUE_UNKNOWN)
		*sum = 0;
	return !__builtin_add_overflow(*sum, more, sum);
}

gboolean value_is_mig(struct slice type)
{
	for (size_t i = 1; i + 4 < type.length; i++) {
		size_t at = i + 2;

		if (type.data[i] != 'g' || type.data[i + 1] != '.' ||
		    !g_ascii_isdigit(type.data[i - 1]))
			continue;
		while (at < type.length && g_ascii_isdigit(type.data[at]))
			at++;
		if (at > i + 2 && at + 2 <= type.length && memcmp(type.data + at, "gb", 2) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean add_gpus(struct gathering *gathering, struct slice type, gint64 count)
{
	if (slice_empty(type))
		return add(&gathering->untyped, count);
	gboolean mig = value_is_mig(type);
	/* That of a slice would be no type of the GPUs beside it. */
	if (slice_empty(gathering->tres->gpu_type) || (!mig && gathering->typed == VALUE_UNKNOWN))
		gathering->tres->gpu_type = type;
	return add(mig ? &gathering->mig : &gathering->typed, count);
}

/* A number of something that nobody asks about: billing, energy, fs/disk, licences. */
static gboolean is_plain(struct slice value)
{
	for (size_t i = 0; i < value.length; i++)
		if ((guchar)(value.data[i] - '0') > 9 && !memchr("-.:KMGTPEnc?", value.data[i], 12))
			return FALSE;
	return value.length > 0;
}

static gboolean read_cpu(struct gathering *gathering, struct slice value)
{
	return gathering->usage ? value_duration(value, &gathering->tres->cpu_milliseconds)
				: value_count(value, &gathering->tres->cpus);
}

static gboolean read_memory(struct gathering *gathering, struct slice value)
{
	enum memory_per per;

	return gathering->usage ? value_bytes(value, &gathering->tres->memory_bytes)
				: value_memory(value, &gathering->tres->memory_bytes, &per);
}

static gboolean read_gres(struct gathering *gathering, struct slice name, struct slice value)
{
	struct slice kind = slice_cut(&name, ':');
	gint64 count;

	if (slice_is(kind, "gpu"))
		return value_count(value, &count) && add_gpus(gathering, name, count);
	if (slice_is(kind, "gpuutil"))
		return value_count(value, &count) &&
		       add(slice_empty(name) ? &gathering->util_untyped : &gathering->util_typed,
			   count);
	return is_plain(value);
}

/* cpu=4; the accounting database itself writes numbers for the four names that are the same
 * everywhere. */
static gboolean read_named(struct gathering *gathering, struct slice name, struct slice value)
{
	if (slice_empty(value) || slice_empty(name))
		return FALSE;
	if (slice_is(name, "cpu") || slice_is(name, "1"))
		return read_cpu(gathering, value);
	if (slice_is(name, "mem") || slice_is(name, "2"))
		return read_memory(gathering, value);
	if (slice_is(name, "node") || slice_is(name, "4"))
		return value_count(value, &gathering->tres->nodes);
	/* The first of the site's own, which is the GPU wherever there are any. */
	if (slice_is(name, "1001"))
		return read_gres(gathering, slice_of("gpu"), value);
	if (name.length > 5 && memcmp(name.data, "gres/", 5) == 0)
		return read_gres(gathering, (struct slice){ name.data + 5, name.length - 5 },
				 value);
	/* All of Slurm's begin so: what is called CPU, or stands behind a blank, would be passed
	 * over for one that is not read. */
	return (g_ascii_islower(*name.data) || g_ascii_isdigit(*name.data)) && is_plain(value);
}

static void drop_prefix(struct slice *item, const char *prefix)
{
	size_t length = strlen(prefix);

	if (!slice_starts(*item, prefix))
		return;
	item->data += length;
	item->length -= length;
}

/* gpu:a100:4, gpu:4, gpu, gres:gpu:4, gpu:4(S:0-1); the database writes the plugin's number for
 * "gpu". */
static gboolean read_colons(struct gathering *gathering, struct slice item)
{
	struct slice rest = slice_cut(&item, '('), kind, type;
	gint64 count = 1;

	drop_prefix(&rest, "PER_NODE:");
	drop_prefix(&rest, "gres:");
	drop_prefix(&rest, "gres/");
	kind = slice_cut(&rest, ':');
	type = slice_cut(&rest, ':');
	if (!rest.data && type.length > 0 && g_ascii_isdigit(type.data[0]) &&
	    value_count(type, &count))
		type = (struct slice){ NULL, 0 };
	else if (rest.data && !value_count(rest, &count))
		return FALSE;
	if (count == VALUE_UNKNOWN || kind.length == 0 || memchr(kind.data, ' ', kind.length))
		return FALSE;
	return (!slice_is(kind, "gpu") && !slice_is(kind, "7696487")) ||
	       add_gpus(gathering, type, count);
}

/* How far an item reaches: up to the next comma that is not in parentheses, or to the end. */
struct reach {
	size_t end, equals; /* where the first equals sign stands */
	gboolean has_equals;
};

static struct reach walk(struct slice text)
{
	struct reach reach = { .end = 0 };
	guint depth = 0;

	for (; reach.end < text.length; reach.end++) {
		char byte = text.data[reach.end];

		/* Letters, which most bytes are, come behind every byte that means something. */
		if (byte > '=')
			continue;
		if (byte == ',' && depth == 0)
			break;
		depth += byte == '(';
		depth -= byte == ')' && depth > 0;
		if (byte == '=' && !reach.has_equals) {
			reach.has_equals = TRUE;
			reach.equals = reach.end;
		}
	}
	return reach;
}

/* The same, where a comma is among the next bytes and no parenthesis before it: without a loop,
 * whose end would be guessed wrong. FALSE where it is not. */
static inline gboolean glance(struct slice text, struct reach *reach)
{
#ifdef __SSE2__
	guint commas, before, parentheses, signs;
	__m128i bytes;

	if (text.length < sizeof bytes)
		return FALSE;
	bytes = _mm_loadu_si128((const __m128i *)(const void *)text.data);
	commas = (guint)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(',')));
	before = (commas & -commas) - 1;
	/* ( and ) differ in their last bit. */
	parentheses = (guint)_mm_movemask_epi8(
		_mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(1)), _mm_set1_epi8(')')));
	if (commas == 0 || (parentheses & before))
		return FALSE;
	signs = (guint)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('='))) & before;
	*reach = (struct reach){ (size_t)__builtin_ctz(commas),
		                 signs ? (size_t)__builtin_ctz(signs) : 0, signs != 0 };
	return TRUE;
#else
	(void)text, (void)reach;
	return FALSE;
#endif
}

/* name=value, or something without an equals sign: then only whole counts. */
struct item {
	struct slice whole, name, value;
	gboolean equals;
};

static struct item cut_item(struct slice *rest)
{
	struct reach reach;
	struct item item;

	if (!glance(*rest, &reach))
		reach = walk(*rest);
	item.equals = reach.has_equals;
	item.whole = (struct slice){ rest->data, reach.end };
	item.name = (struct slice){ rest->data, reach.equals };
	item.value = (struct slice){ NULL, 0 };
	if (item.equals)
		item.value = (struct slice){ rest->data + reach.equals + 1,
			                     reach.end - reach.equals - 1 };
	if (reach.end < rest->length)
		*rest = (struct slice){ rest->data + reach.end + 1, rest->length - reach.end - 1 };
	else
		*rest = (struct slice){ NULL, 0 };
	return item;
}

/* The untyped total counts all of them, slices too. */
static gboolean finish(const struct gathering *gathering)
{
	struct tres *tres = gathering->tres;

	tres->mig_slices = gathering->mig == VALUE_UNKNOWN ? 0 : gathering->mig;
	tres->gpus = gathering->typed == VALUE_UNKNOWN ? 0 : gathering->typed;
	if (gathering->untyped != VALUE_UNKNOWN)
		tres->gpus = MAX(gathering->untyped - tres->mig_slices, tres->gpus);
	tres->gpu_util = gathering->util_untyped != VALUE_UNKNOWN ? gathering->util_untyped
								  : gathering->util_typed;
	return TRUE;
}

gboolean value_tres(struct slice text, gboolean usage, struct tres *tres)
{
	struct gathering gathering = { tres,          VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN,
				       VALUE_UNKNOWN, VALUE_UNKNOWN, usage };

	*tres = (struct tres){ .cpus = VALUE_UNKNOWN,
			       .nodes = VALUE_UNKNOWN,
			       .memory_bytes = VALUE_UNKNOWN,
			       .gpu_util = VALUE_UNKNOWN,
			       .cpu_milliseconds = VALUE_UNKNOWN };
	if (slice_empty(text) || slice_is(text, "(null)"))
		return TRUE;
	do {
		struct item item = cut_item(&text);

		if (!(item.equals ? read_named(&gathering, item.name, item.value)
				  : read_colons(&gathering, item.whole)))
			return FALSE;
	} while (text.data);
	return finish(&gathering);
}
