/* SPDX-License-Identifier: GPL-3.0-or-later
 * A three-way merge of lines. Lines are matched by patience: those that occur once on both sides are anchors,
 * and what lies between two anchors is matched in the same way. Nothing is ever guessed where changes touch. */
#include "sync/hall-text-merge.h"

#include <string.h>

#define NOWHERE G_MAXUINT

/* Between anchors within anchors, this deep at most; whatever is deeper counts as changed. */
#define DEEPEST 64

/* A text as numbers: equal lines have equal numbers, in all three texts. */
typedef struct {
  GPtrArray *lines; /* each with its line end */
  GArray    *codes; /* guint, one per line */
} Text;

typedef struct {
  const guint *a;
  const guint *b;
  guint       *partner; /* for each line of a, the line of b it is, or NOWHERE */
  guint       *count_a; /* by code; all zero between two uses */
  guint       *count_b;
  guint       *place_b;
} Match;

typedef struct {
  guint a;
  guint b;
  guint before; /* index of the anchor before it in the longest run that ends here, or NOWHERE */
} Anchor;

static void
text_clear (Text *text)
{
  g_clear_pointer (&text->lines, g_ptr_array_unref);
  g_clear_pointer (&text->codes, g_array_unref);
}

static void
text_init (Text       *text,
           const char *from,
           GHashTable *codes)
{
  text->lines = g_ptr_array_new_with_free_func (g_free);
  text->codes = g_array_new (FALSE, FALSE, sizeof (guint));

  while (*from != '\0') {
    const char *end = strchr (from, '\n');
    gsize       length = end != NULL ? (gsize) (end - from) + 1 : strlen (from);
    char       *line = g_strndup (from, length);
    gpointer    known;
    guint       code;

    if (g_hash_table_lookup_extended (codes, line, NULL, &known)) {
      code = GPOINTER_TO_UINT (known);
    } else {
      code = g_hash_table_size (codes);
      g_hash_table_insert (codes, g_strdup (line), GUINT_TO_POINTER (code));
    }

    g_ptr_array_add (text->lines, line);
    g_array_append_val (text->codes, code);
    from += length;
  }
}

/* The longest run of anchors that rises on both sides, by patience sorting: each pile ends with the lowest b
 * that a run of that length can end with. Leaves only the run in @anchors. */
static void
keep_longest_run (GArray *anchors)
{
  g_autoptr (GArray) piles = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (Anchor));
  guint              at;

  for (guint i = 0; i < anchors->len; i++) {
    Anchor *anchor = &g_array_index (anchors, Anchor, i);
    guint   low = 0;
    guint   high = piles->len;

    while (low < high) {
      guint middle = low + (high - low) / 2;

      if (g_array_index (anchors, Anchor, g_array_index (piles, guint, middle)).b < anchor->b)
        low = middle + 1;
      else
        high = middle;
    }

    anchor->before = low > 0 ? g_array_index (piles, guint, low - 1) : NOWHERE;
    if (low == piles->len)
      g_array_append_val (piles, i);
    else
      g_array_index (piles, guint, low) = i;
  }

  at = piles->len > 0 ? g_array_index (piles, guint, piles->len - 1) : NOWHERE;
  g_array_set_size (run, piles->len);
  for (guint n = piles->len; n > 0; n--) {
    g_array_index (run, Anchor, n - 1) = g_array_index (anchors, Anchor, at);
    at = g_array_index (anchors, Anchor, at).before;
  }

  g_array_set_size (anchors, 0);
  g_array_append_vals (anchors, run->data, run->len);
}

static GArray *
find_anchors (Match *match,
              guint  a,
              guint  a_end,
              guint  b,
              guint  b_end)
{
  GArray *anchors = g_array_new (FALSE, FALSE, sizeof (Anchor));

  for (guint i = a; i < a_end; i++)
    match->count_a[match->a[i]]++;
  for (guint j = b; j < b_end; j++) {
    match->count_b[match->b[j]]++;
    match->place_b[match->b[j]] = j;
  }

  for (guint i = a; i < a_end; i++) {
    guint code = match->a[i];

    if (match->count_a[code] == 1 && match->count_b[code] == 1) {
      Anchor anchor = { i, match->place_b[code], NOWHERE };

      g_array_append_val (anchors, anchor);
    }
  }

  for (guint i = a; i < a_end; i++)
    match->count_a[match->a[i]] = 0;
  for (guint j = b; j < b_end; j++)
    match->count_b[match->b[j]] = 0;

  keep_longest_run (anchors);
  return anchors;
}

static void
match_range (Match *match,
             guint  a,
             guint  a_end,
             guint  b,
             guint  b_end,
             guint  depth)
{
  g_autoptr (GArray) anchors = NULL;

  while (a < a_end && b < b_end && match->a[a] == match->b[b])
    match->partner[a++] = b++;
  while (a < a_end && b < b_end && match->a[a_end - 1] == match->b[b_end - 1])
    match->partner[--a_end] = --b_end;

  if (a == a_end || b == b_end || depth == DEEPEST)
    return;

  anchors = find_anchors (match, a, a_end, b, b_end);
  if (anchors->len == 0)
    return;

  for (guint i = 0; i < anchors->len; i++) {
    const Anchor *anchor = &g_array_index (anchors, Anchor, i);

    match_range (match, a, anchor->a, b, anchor->b, depth + 1);
    match->partner[anchor->a] = anchor->b;
    a = anchor->a + 1;
    b = anchor->b + 1;
  }
  match_range (match, a, a_end, b, b_end, depth + 1);
}

static guint *
match_texts (const Text *a,
             const Text *b,
             guint       n_codes)
{
  /* One more, for three empty texts have no lines at all. */
  g_autofree guint *counts = g_new0 (guint, 3 * (gsize) n_codes + 1);
  guint            *partner = g_new (guint, a->codes->len);
  Match             match = {
    (const guint *) a->codes->data, (const guint *) b->codes->data, partner,
    counts, counts + n_codes, counts + 2 * (gsize) n_codes,
  };

  for (guint i = 0; i < a->codes->len; i++)
    partner[i] = NOWHERE;
  match_range (&match, 0, a->codes->len, 0, b->codes->len, 0);

  return partner;
}

static gboolean
same_lines (const Text *a,
            guint       a_start,
            guint       a_end,
            const Text *b,
            guint       b_start,
            guint       b_end)
{
  if (a_end - a_start != b_end - b_start)
    return FALSE;
  if (a_end == a_start)
    return TRUE;

  return memcmp (&g_array_index (a->codes, guint, a_start), &g_array_index (b->codes, guint, b_start),
                 (a_end - a_start) * sizeof (guint)) == 0;
}

static void
append_lines (GString    *merged,
              const Text *text,
              guint       start,
              guint       end)
{
  for (guint i = start; i < end; i++)
    g_string_append (merged, g_ptr_array_index (text->lines, i));
}

/* Walks from one line that all three texts share to the next, and decides what lies between. */
static gboolean
join (const Text  *base,
      const Text  *mine,
      const Text  *theirs,
      const guint *in_mine,
      const guint *in_theirs,
      GString     *merged)
{
  guint b = 0;
  guint m = 0;
  guint t = 0;

  while (TRUE) {
    guint b_end = b;
    guint m_end = mine->codes->len;
    guint t_end = theirs->codes->len;

    while (b_end < base->codes->len && (in_mine[b_end] == NOWHERE || in_theirs[b_end] == NOWHERE))
      b_end++;
    if (b_end < base->codes->len) {
      m_end = in_mine[b_end];
      t_end = in_theirs[b_end];
    }

    if (same_lines (base, b, b_end, mine, m, m_end))
      append_lines (merged, theirs, t, t_end);
    else if (same_lines (base, b, b_end, theirs, t, t_end) || same_lines (mine, m, m_end, theirs, t, t_end))
      append_lines (merged, mine, m, m_end);
    else
      return FALSE;

    if (b_end == base->codes->len)
      return TRUE;

    append_lines (merged, base, b_end, b_end + 1);
    b = b_end + 1;
    m = m_end + 1;
    t = t_end + 1;
  }
}

/**
 * hall_text_merge:
 * @base: the text both began with
 * @mine: what one side made of it
 * @theirs: what the other side made of it
 *
 * Joins both sides' changes where a line that neither touched lies between them. Lines end with "\n" and are
 * compared byte by byte, so other line ends and a missing last one are kept as they are. Takes time in
 * proportion to the texts, whatever they hold. Any thread.
 *
 * Returns: (transfer full) (nullable): the joined text; NULL where changes meet and only a person can decide
 */
char *
hall_text_merge (const char *base,
                 const char *mine,
                 const char *theirs)
{
  g_autoptr (GHashTable) codes = NULL;
  g_autoptr (GString)    merged = NULL;
  g_autofree guint      *in_mine = NULL;
  g_autofree guint      *in_theirs = NULL;
  Text                   b, m, t;
  guint                  n_codes;
  gboolean               joined;

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, NULL);

  codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  merged = g_string_new (NULL);
  text_init (&b, base, codes);
  text_init (&m, mine, codes);
  text_init (&t, theirs, codes);
  n_codes = g_hash_table_size (codes);

  in_mine = match_texts (&b, &m, n_codes);
  in_theirs = match_texts (&b, &t, n_codes);
  joined = join (&b, &m, &t, in_mine, in_theirs, merged);

  text_clear (&b);
  text_clear (&m);
  text_clear (&t);

  return joined ? g_string_free (g_steal_pointer (&merged), FALSE) : NULL;
}
