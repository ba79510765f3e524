/* SPDX-License-Identifier: Apache-2.0 */
#include "report/narrative_composer.h"

#include "base/error.h"
#include "base/nearest.h"

gboolean composer_wrong(const struct composer *composer, int line, GError **error,
                        const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	return error_failed(error, "%s, line %d: %s", composer->file, line, message);
}

struct frame *composer_frame(const struct composer *composer)
{
	return &g_array_index(composer->frames, struct frame, composer->frames->len - 1);
}

static void refuse_figure(const struct composer *composer, const char *id, int line, GError **error)
{
	const struct figures *figures = composer->narrative->report->figures;
	g_autofree char *hint = NULL;
	struct nearest nearest;

	nearest_init(&nearest, id);
	for (guint i = 0; i < figures_count(figures); i++)
		nearest_try(&nearest, figures_nth(figures, i)->id);
	hint = nearest_hint(&nearest, "");
	composer_wrong(composer, line, error, "there is no figure “%s”%s", id, hint);
}

const struct figure *composer_figure(const struct composer *composer, const char *id, int line,
                                     GError **error)
{
	const struct figure *figure = figures_find(composer->narrative->report->figures, id);

	if (!figure)
		refuse_figure(composer, id, line, error);
	return figure;
}

#define CELL_PREFIX "row."
#define RANGE ".."

gboolean composer_is_cell(const char *id)
{
	return g_str_has_prefix(id, CELL_PREFIX);
}

const struct dataset_cell *composer_cell(const struct composer *composer, const char *id, int line,
                                         GError **error)
{
	const struct dataset *dataset = composer->narrative->dataset;
	const char *column = id + strlen(CELL_PREFIX);
	int index = dataset ? dataset_column_find(dataset, column) : -1;

	if (!dataset)
		composer_wrong(composer, line, error, "“%s”: this page is about no row", id);
	else if (index < 0)
		composer_wrong(composer, line, error, "dataset “%s” has no column “%s”",
		               dataset->id, column);
	return index >= 0 ? dataset_cell(dataset, composer->narrative->row, (guint)index) : NULL;
}

const char *composer_text(const struct composer *composer, const char *id, int line, GError **error)
{
	const struct dataset_cell *cell = composer_is_cell(id)
	                                          ? composer_cell(composer, id, line, error)
	                                          : NULL;
	const struct figure *figure = composer_is_cell(id)
	                                      ? NULL
	                                      : composer_figure(composer, id, line, error);
	const char *text = cell ? cell->text : figure ? figure->text : NULL;

	return cell || figure ? text ? text : "" : NULL;
}

static gboolean want_words(const struct composer *composer, char **words, guint count, int line,
                           GError **error)
{
	if (g_strv_length(words) == count + 1)
		return TRUE;
	return composer_wrong(composer, line, error, ":::%s takes %s", words[0],
	                      count == 0 ? "nothing after it" : "one word after it");
}

GPtrArray *composer_blocks(const struct composer *composer, int line, GError **error)
{
	GPtrArray *blocks = composer_frame(composer)->blocks;

	if (!blocks)
		composer_wrong(composer, line, error,
		               composer_frame(composer)->block &&
		                               composer_frame(composer)->block->kind == BLOCK_TABLE
		                       ? "inside :::grid there are only lines of :::row"
		                       : "inside :::columns everything stands under a :::column");
	return blocks;
}

void composer_open(struct composer *composer, const struct frame *frame)
{
	g_array_append_val(composer->frames, *frame);
}

gboolean composer_title(const struct composer *composer, int line, GError **error)
{
	for (guint i = 0; i < composer->frames->len; i++)
		if (g_array_index(composer->frames, struct frame, i).titled)
			return composer_wrong(
				composer, line, error,
				"a page has one title: this is its second heading of one #");
	composer_frame(composer)->titled = TRUE;
	return TRUE;
}

/* Whether its title stands on the page around it, too. */
static gboolean is_kept(const struct frame *frame)
{
	gboolean taken = frame->kind != FRAME_CONDITION || frame->condition != frame->has_else;

	return frame->other || (frame->titled && taken);
}

static gboolean figure_holds(const struct figure *figure)
{
	if (!figure->has_value)
		return FALSE;
	return figure->unit == UNIT_TEXT ? figure->text && *figure->text : figure->value != 0;
}

static gboolean cell_holds(const struct dataset_cell *cell)
{
	return cell->has_value ? cell->value != 0 : cell->text && *cell->text;
}

/* Words about a range are wrong of a point. */
static gboolean range_holds(const struct composer *composer, const char *low, const char *high,
                            int line, gboolean *result, GError **error)
{
	const char *from = composer_text(composer, low, line, error),
		   *to = from ? composer_text(composer, high, line, error) : NULL;

	*result = g_strcmp0(from, to) != 0;
	return to != NULL;
}

gboolean composer_holds(const struct composer *composer, const char *id, int line, gboolean *result,
                        GError **error)
{
	g_auto(GStrv) ends = g_strsplit(id, RANGE, 2);
	if (g_strv_length(ends) == 2)
		return range_holds(composer, ends[0], ends[1], line, result, error);
	const struct dataset_cell *cell = composer_is_cell(id)
	                                          ? composer_cell(composer, id, line, error)
	                                          : NULL;
	const struct figure *figure = composer_is_cell(id)
	                                      ? NULL
	                                      : composer_figure(composer, id, line, error);

	*result = cell ? cell_holds(cell) : figure && figure_holds(figure);
	return cell || figure;
}

static gboolean open_condition(struct composer *composer, char **words, int line, GError **error)
{
	const struct frame *outer = composer_frame(composer);
	struct frame frame = { .kind = FRAME_CONDITION, .line = line };
	gboolean held;

	if (!want_words(composer, words, 1, line, error) ||
	    !composer_holds(composer, words[1], line, &held, error))
		return FALSE;
	frame.condition = held == g_str_equal(words[0], "if");
	frame.live = outer->live && frame.condition;
	frame.blocks = frame.condition || !outer->blocks ? outer->blocks : composer->rejected;
	frame.block = outer->block;
	composer_open(composer, &frame);
	return TRUE;
}

static gboolean turn_condition(struct composer *composer, char **words, int line, GError **error)
{
	struct frame *frame = composer_frame(composer);
	const struct frame *outer = frame - 1;

	if (!want_words(composer, words, 0, line, error))
		return FALSE;
	if (frame->kind != FRAME_CONDITION || frame->has_else)
		return composer_wrong(composer, line, error, ":::else without an :::if");
	frame->other = is_kept(frame);
	frame->titled = FALSE;
	frame->has_else = TRUE;
	frame->live = outer->live && !frame->condition;
	frame->blocks = frame->condition && outer->blocks ? composer->rejected : outer->blocks;
	return TRUE;
}

static gboolean open_block(struct composer *composer, enum frame_kind kind, const char *tone,
                           int line, GError **error)
{
	GPtrArray *blocks = composer_blocks(composer, line, error);
	struct frame frame = { .kind = kind, .line = line };

	if (!blocks)
		return FALSE;
	frame.block = block_new(kind == FRAME_CALLOUT ? BLOCK_CALLOUT : BLOCK_COLUMNS);
	frame.block->text = g_strdup(tone);
	frame.live = composer_frame(composer)->live;
	frame.blocks = kind == FRAME_CALLOUT ? frame.block->children : NULL;
	g_ptr_array_add(blocks, frame.block);
	composer_open(composer, &frame);
	return TRUE;
}

static gboolean open_callout(struct composer *composer, char **words, int line, GError **error)
{
	if (!want_words(composer, words, 1, line, error))
		return FALSE;
	if (!g_str_equal(words[1], "note") && !g_str_equal(words[1], "warning"))
		return composer_wrong(composer, line, error,
		                      "a callout is a note or a warning, not “%s”", words[1]);
	return open_block(composer, FRAME_CALLOUT, words[1], line, error);
}

static gboolean open_columns(struct composer *composer, char **words, int line, GError **error)
{
	return want_words(composer, words, 0, line, error) &&
	       open_block(composer, FRAME_COLUMNS, NULL, line, error);
}

static gboolean open_column(struct composer *composer, char **words, int line, GError **error)
{
	struct frame *frame = composer_frame(composer);
	struct block *column;

	if (!want_words(composer, words, 0, line, error))
		return FALSE;
	if (frame->kind != FRAME_COLUMNS)
		return composer_wrong(composer, line, error, ":::column outside :::columns");
	column = block_new(BLOCK_COLUMN);
	block_add(frame->block, column);
	frame->blocks = column->children;
	return TRUE;
}

static gboolean close_frame(struct composer *composer, char **words, int line, GError **error)
{
	if (!want_words(composer, words, 0, line, error))
		return FALSE;
	if (composer->frames->len == 1)
		return composer_wrong(composer, line, error, ":::end without a beginning");
	if (is_kept(composer_frame(composer)))
		composer_frame(composer)[-1].titled = TRUE;
	g_array_set_size(composer->frames, composer->frames->len - 1);
	return TRUE;
}

static gboolean begin_lede(struct composer *composer, char **words, int line, GError **error)
{
	composer->lede_line = line;
	return want_words(composer, words, 0, line, error);
}

/* Words between blanks; a quoted part may hold blanks: caption="Two words". */
static char **split_words(const char *text)
{
	GPtrArray *words = g_ptr_array_new();
	GString *word = g_string_new(NULL);
	gboolean quoted = FALSE;

	for (; *text; text++) {
		if (*text == '"')
			quoted = !quoted;
		else if (*text != ' ' || quoted)
			g_string_append_c(word, *text);
		if ((*text == ' ' && !quoted) || !text[1]) {
			if (word->len > 0)
				g_ptr_array_add(words, g_strdup(word->str));
			g_string_truncate(word, 0);
		}
	}
	g_string_free(word, TRUE);
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

/* What is not chosen must be a figure, too. */
static gboolean check_tiles(const struct composer *composer, const char *text, int line,
                            GError **error)
{
	g_auto(GStrv) ids = g_strsplit_set(text, " {?|}", -1);

	for (char **id = ids; *id; id++)
		if (**id && !composer_figure(composer, *id, line, error))
			return FALSE;
	return TRUE;
}

/* The words that stand in the template, with {id?words|others} in them chosen. */
static gboolean add_tiles(struct composer *composer, char **words, int line, GError **error)
{
	g_autoptr(GPtrArray) inlines = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	g_autofree char *text = g_strjoinv(" ", words + 1), *chosen = NULL;
	GPtrArray *blocks = composer_blocks(composer, line, error);
	struct block *block;

	if (!blocks || !check_tiles(composer, text, line, error) ||
	    !composer_words(composer, text, line, inlines, error))
		return FALSE;
	chosen = inlines_text(inlines);
	block = block_new(BLOCK_TILES);
	g_ptr_array_add(blocks, block);
	g_auto(GStrv) ids = split_words(chosen);
	for (char **id = ids; *id; id++) {
		if (!composer_figure(composer, *id, line, error))
			return FALSE;
		g_ptr_array_add(block->figure_ids, g_strdup(*id));
	}
	return block->figure_ids->len > 0 ||
	       composer_wrong(composer, line, error, ":::tiles names no figure");
}

static gboolean add_chart(struct composer *composer, char **words, int line, GError **error)
{
	const struct narrative *narrative = composer->narrative;
	GPtrArray *blocks = composer_blocks(composer, line, error);
	struct chart *chart;
	struct block *block;

	if (!blocks || !want_words(composer, words, 1, line, error))
		return FALSE;
	if (narrative->knows_chart && !narrative->knows_chart(words[1]))
		return composer_wrong(composer, line, error, "there is no chart “%s”", words[1]);
	if (!composer_frame(composer)->live || !narrative->chart)
		return TRUE;
	chart = narrative->chart(words[1], narrative->data);
	if (!chart)
		return TRUE;
	block = block_new(BLOCK_CHART);
	block->chart = chart;
	g_ptr_array_add(blocks, block);
	return TRUE;
}

static gboolean set_columns(const struct composer *composer, struct table_view *view,
                            const char *list, int line, GError **error)
{
	g_auto(GStrv) ids = g_strsplit(list, ",", -1);

	for (char **id = ids; *id; id++) {
		if (dataset_column_find(view->dataset, *id) < 0)
			return composer_wrong(composer, line, error,
			                      "dataset “%s” has no column “%s”", view->dataset->id,
			                      *id);
		table_view_add_column(view, *id);
	}
	return TRUE;
}

/* A number, or the figure that is one; then an :::if asks first whether it is nought. */
static gboolean set_rows(const struct composer *composer, struct table_view *view,
                         const char *number, int line, GError **error)
{
	const struct figure *figure = figures_find(composer->narrative->report->figures, number);
	guint64 rows = figure && figure->has_value ? (guint64)figure->value : 1;

	if (!figure && !g_ascii_string_to_unsigned(number, 10, 1, 1000000, &rows, NULL))
		return composer_wrong(composer, line, error,
		                      "rows=%s is not a number from 1 to 1000000, nor a figure",
		                      number);
	view->rows = (guint)rows;
	if (view->rows < view->dataset->rows->len) {
		g_autofree char *rest = format_value(composer->narrative->format, UNIT_COUNT,
		                                     view->dataset->rows->len - view->rows);

		view->rest_note = g_strdup_printf("and %s more, in tables/%s.csv", rest,
		                                  view->dataset->id);
	}
	return TRUE;
}

static gboolean set_caption(const struct composer *composer, struct table_view *view,
                            const char *words, int line, GError **error)
{
	g_autoptr(GPtrArray) inlines = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);

	if (!composer_words(composer, words, line, inlines, error))
		return FALSE;
	g_free(view->caption);
	view->caption = inlines_text(inlines);
	return TRUE;
}

/* Of a page about a row. A dataset's columns keep their places. */
static gboolean set_where(const struct composer *composer, struct table_view *view,
                          const char *column, int line, GError **error)
{
	const struct narrative *narrative = composer->narrative;
	int index = dataset_column_find(view->dataset, column);

	if (!narrative->dataset)
		return composer_wrong(composer, line, error, "where=%s: this page is about no row",
		                      column);
	if (index < 0)
		return composer_wrong(composer, line, error, "dataset “%s” has no column “%s”",
		                      view->dataset->id, column);
	view->picked = dataset_pick(view->dataset, (guint)index,
	                            dataset_cell(narrative->dataset, narrative->row, 0)->text);
	view->dataset = view->picked;
	return TRUE;
}

static gboolean set_anchors(const struct composer *composer, struct table_view *view,
                            const char *column, int line, GError **error)
{
	view->anchors = dataset_column_find(view->dataset, column);
	return view->anchors >= 0 ||
	       composer_wrong(composer, line, error, "dataset “%s” has no column “%s”",
	                      view->dataset->id, column);
}

static const struct table_option {
	const char *prefix;
	gboolean (*set)(const struct composer *, struct table_view *, const char *, int, GError **);
} table_options[] = {
	{ "where=", set_where },
	{ "columns=", set_columns },
	{ "rows=", set_rows },
	{ "caption=", set_caption },
	{ "anchors=", set_anchors },
};

static gboolean set_table_option(const struct composer *composer, struct table_view *view,
                                 const char *word, int line, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(table_options); i++) {
		const struct table_option *option = &table_options[i];

		if (g_str_has_prefix(word, option->prefix))
			return option->set(composer, view, word + strlen(option->prefix), line,
			                   error);
	}
	return composer_wrong(
		composer, line, error,
		"a table has where=, columns=, rows=, caption= and anchors=, not “%s”", word);
}

static void add_all_columns(struct table_view *view)
{
	for (guint i = 0; i < view->dataset->columns->len; i++) {
		const struct dataset_column *column = view->dataset->columns->pdata[i];

		if (!column->csv_only)
			table_view_add_column(view, column->id);
	}
}

static gboolean add_table(struct composer *composer, char **words, int line, GError **error)
{
	GPtrArray *blocks = composer_blocks(composer, line, error);
	const struct dataset *dataset;
	struct block *block;

	if (!blocks)
		return FALSE;
	if (!words[1])
		return composer_wrong(composer, line, error, ":::table names no dataset");
	dataset = report_dataset(composer->narrative->report, words[1]);
	if (!dataset)
		return composer_wrong(composer, line, error, "there is no dataset “%s”", words[1]);
	block = block_new(BLOCK_TABLE);
	block->table = table_view_new(dataset, dataset->title);
	g_ptr_array_add(blocks, block);
	for (words += 2; *words; words++)
		if (!set_table_option(composer, block->table, *words, line, error))
			return FALSE;
	if (block->table->columns->len == 0)
		add_all_columns(block->table);
	return TRUE;
}

/* A column of a grid is called by its place. */
static char *grid_column(guint place)
{
	return g_strdup_printf("%u", place + 1);
}

static gboolean add_grid_heads(const struct composer *composer, struct table_view *view,
                               char **words, int line, GError **error)
{
	guint place = 0;

	for (words++; *words; words++) {
		g_autofree char *id = grid_column(place);

		if (g_str_has_prefix(*words, "caption=")) {
			if (!set_caption(composer, view, *words + strlen("caption="), line, error))
				return FALSE;
			continue;
		}
		dataset_add_column(view->grid, id, *words, UNIT_TEXT);
		table_view_add_column(view, id);
		place++;
	}
	return (place > 0 && view->caption) ||
	       composer_wrong(composer, line, error, ":::grid wants its columns and a caption=");
}

static gboolean open_grid(struct composer *composer, char **words, int line, GError **error)
{
	GPtrArray *blocks = composer_blocks(composer, line, error);
	struct frame frame = { .kind = FRAME_GRID, .line = line };
	struct dataset *grid;

	if (!blocks)
		return FALSE;
	grid = dataset_new("grid", NULL, NULL);
	frame.block = block_new(BLOCK_TABLE);
	frame.block->table = table_view_new(grid, NULL);
	frame.block->table->grid = grid;
	frame.live = composer_frame(composer)->live;
	g_ptr_array_add(blocks, frame.block);
	composer_open(composer, &frame);
	return add_grid_heads(composer, frame.block->table, words, line, error);
}

static gboolean set_grid_cell(const struct composer *composer, struct dataset *grid, guint place,
                              const char *words, int line, GError **error)
{
	g_autoptr(GPtrArray) inlines = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	g_autofree char *id = grid_column(place), *text = NULL;

	if (!composer_words(composer, words, line, inlines, error))
		return FALSE;
	text = inlines_text(inlines);
	dataset_set_text(grid, id, g_strstrip(text));
	return TRUE;
}

/* A row that is not taken is checked like one that is, and then goes. */
static gboolean add_grid_row(struct composer *composer, char **words, int line, GError **error)
{
	const struct frame *frame = composer_frame(composer);
	struct dataset *grid = frame->block && frame->block->table ? frame->block->table->grid
	                                                           : NULL;

	if (!grid)
		return composer_wrong(composer, line, error, ":::row outside :::grid");
	if (g_strv_length(words) - 1 != grid->columns->len)
		return composer_wrong(composer, line, error,
		                      "a row of this grid has %u cells, each in quotes",
		                      grid->columns->len);
	dataset_add_row(grid);
	for (guint place = 0; place < grid->columns->len; place++)
		if (!set_grid_cell(composer, grid, place, words[place + 1], line, error))
			return FALSE;
	if (!frame->live)
		g_ptr_array_set_size(grid->rows, (int)grid->rows->len - 1);
	return TRUE;
}

static const struct directive {
	const char *name;
	gboolean (*run)(struct composer *, char **words, int line, GError **);
} directives[] = {
	{ "if", open_condition },    { "unless", open_condition }, { "else", turn_condition },
	{ "end", close_frame },      { "lede", begin_lede },       { "tiles", add_tiles },
	{ "chart", add_chart },      { "table", add_table },       { "callout", open_callout },
	{ "columns", open_columns }, { "column", open_column },   { "grid", open_grid },
	{ "row", add_grid_row },
};

gboolean composer_run(struct composer *composer, const char *text, int line, GError **error)
{
	g_auto(GStrv) words = split_words(text);

	for (guint i = 0; words[0] && i < G_N_ELEMENTS(directives); i++)
		if (g_str_equal(words[0], directives[i].name))
			return directives[i].run(composer, words, line, error);
	return composer_wrong(composer, line, error, "there is no directive “:::%s”", text);
}
