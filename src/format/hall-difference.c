/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shortest way from one text to another after E. W. Myers, "An O(ND) Difference Algorithm and Its Variations"
 * (1986), over words; with a bound on the work, past which lines are compared, and then the whole. */
#include "format/hall-difference.h"

#include <string.h>

/* How far two texts may lie apart, in pieces taken out and put in, and how many steps may be spent on it. Together
 * they keep the answer to a few milliseconds and the memory below 4 MiB. */
#define MAX_APART 1000
#define MAX_STEPS 1000000

typedef struct {
  const char *start;
  gsize       length;
  guint       id; /* the same for the same text */
} Piece;

static gboolean
is_of_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '\'' || c == 0x2019;
}

/* A word, a run of white space, or any other character alone. */
static gsize
measure_word (const char *text)
{
  gunichar    first = g_utf8_get_char (text);
  const char *end = g_utf8_next_char (text);

  if (is_of_word (first))
    while (*end != '\0' && is_of_word (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
  else if (g_unichar_isspace (first))
    while (*end != '\0' && g_unichar_isspace (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);

  return end - text;
}

static gsize
measure_line (const char *text)
{
  const char *end = strchr (text, '\n');

  return end != NULL ? (gsize) (end + 1 - text) : strlen (text);
}

static guint
hash_piece (gconstpointer key)
{
  const Piece *piece = key;
  guint        hash = 5381;

  for (gsize i = 0; i < piece->length; i++)
    hash = hash * 33 + (guchar) piece->start[i];

  return hash;
}

static gboolean
equal_pieces (gconstpointer a,
              gconstpointer b)
{
  const Piece *one = a;
  const Piece *two = b;

  return one->length == two->length && memcmp (one->start, two->start, one->length) == 0;
}

static GArray *
cut (const char *text,
     gsize     (*measure) (const char *text),
     GHashTable *known)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));

  for (const char *at = text; *at != '\0';) {
    Piece    piece = { at, measure (at), 0 };
    gpointer id;

    if (g_hash_table_lookup_extended (known, &piece, NULL, &id)) {
      piece.id = GPOINTER_TO_UINT (id);
    } else {
      piece.id = g_hash_table_size (known);
      g_hash_table_insert (known, g_memdup2 (&piece, sizeof piece), GUINT_TO_POINTER (piece.id));
    }
    g_array_append_val (pieces, piece);
    at += piece.length;
  }

  return pieces;
}

static void
add_text (GPtrArray         *found,
          HallDifferenceKind kind,
          const char        *start,
          gsize              length)
{
  HallDifference *last = found->len > 0 ? found->pdata[found->len - 1] : NULL;

  if (length == 0)
    return;

  if (last != NULL && last->kind == kind) {
    char *whole = g_malloc (strlen (last->text) + length + 1);
    gsize head = strlen (last->text);

    memcpy (whole, last->text, head);
    memcpy (whole + head, start, length);
    whole[head + length] = '\0';
    g_free (last->text);
    last->text = whole;
    return;
  }

  last = g_new0 (HallDifference, 1);
  last->kind = kind;
  last->text = g_strndup (start, length);
  g_ptr_array_add (found, last);
}

/* Pieces follow one another in the text, so that a run of them is one stretch of it. */
static void
add_run (GPtrArray          *found,
         HallDifferenceKind  kind,
         const Piece        *pieces,
         int                 from,
         int                 to)
{
  if (from < to)
    add_text (found, kind, pieces[from].start,
              pieces[to - 1].start + pieces[to - 1].length - pieces[from].start);
}

typedef struct {
  const Piece *a;
  const Piece *b;
  int          n;
  int          m;
} Pair;

/* For each distance, how far along a every diagonal came: what is needed to walk back. NULL when it is too far. */
static GPtrArray *
search (const Pair *pair)
{
  g_autoptr (GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  g_autofree int       *reached = NULL;
  int                   limit = MIN (pair->n + pair->m, MAX_APART);
  gint64                steps = 0;

  reached = g_new0 (int, 2 * limit + 3);
  for (int apart = 0; apart <= limit; apart++) {
    int *now = g_new (int, 2 * apart + 1);

    g_ptr_array_add (trace, now);
    for (int k = -apart; k <= apart; k += 2) {
      int *at = reached + limit + 1;
      int  x = k == -apart || (k != apart && at[k - 1] < at[k + 1]) ? at[k + 1] : at[k - 1] + 1;
      int  y = x - k;

      while (x < pair->n && y < pair->m && pair->a[x].id == pair->b[y].id) {
        x++;
        y++;
        steps++;
      }
      at[k] = x;
      now[k + apart] = x;
      if (x >= pair->n && y >= pair->m)
        return g_steal_pointer (&trace);
    }
    steps += apart;
    if (steps > MAX_STEPS)
      return NULL;
  }

  return NULL;
}

/* From the end back to the beginning: which pieces of a and of b have no counterpart. */
static void
mark (const Pair *pair,
      GPtrArray  *trace,
      gboolean   *removed,
      gboolean   *added)
{
  int x = pair->n;
  int y = pair->m;

  for (int apart = (int) trace->len - 1; apart > 0; apart--) {
    const int *before = trace->pdata[apart - 1];
    int        k = x - y;
    gboolean   down = k == -apart ||
                      (k != apart && before[k + apart - 2] < before[k + apart]);

    if (down) {
      x = before[k + apart];
      y = x - (k + 1);
      added[y] = TRUE;
    } else {
      x = before[k + apart - 2];
      y = x - (k - 1);
      removed[x] = TRUE;
    }
  }
}

/* Whether the two were near enough to each other to be told apart piece by piece. */
static gboolean
compare (GPtrArray  *found,
         const char *before,
         const char *after,
         gsize     (*measure) (const char *text))
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (hash_piece, equal_pieces, g_free, NULL);
  g_autoptr (GArray)     a = cut (before, measure, known);
  g_autoptr (GArray)     b = cut (after, measure, known);
  Pair                   pair = { (const Piece *) a->data, (const Piece *) b->data, (int) a->len, (int) b->len };
  g_autoptr (GPtrArray)  trace = search (&pair);
  g_autofree gboolean   *removed = NULL;
  g_autofree gboolean   *added = NULL;
  int                    x = 0, y = 0;

  if (trace == NULL)
    return FALSE;

  removed = g_new0 (gboolean, pair.n + 1);
  added = g_new0 (gboolean, pair.m + 1);
  mark (&pair, trace, removed, added);
  while (x < pair.n || y < pair.m) {
    int from_x = x, from_y = y;

    while (x < pair.n && removed[x])
      x++;
    add_run (found, HALL_DIFFERENCE_REMOVED, pair.a, from_x, x);
    while (y < pair.m && added[y])
      y++;
    add_run (found, HALL_DIFFERENCE_ADDED, pair.b, from_y, y);
    from_x = x;
    while (x < pair.n && y < pair.m && !removed[x] && !added[y]) {
      x++;
      y++;
    }
    add_run (found, HALL_DIFFERENCE_SAME, pair.a, from_x, x);
  }

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)) || *text == '\n')
      return FALSE;

  return TRUE;
}

/* Two words that were both replaced read as one change, though the space between them stayed. */
static GPtrArray *
join_over_spaces (GPtrArray *found)
{
  GPtrArray *joined = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_difference_free);
  GString   *removed = g_string_new (NULL);
  GString   *added = g_string_new (NULL);

  for (guint i = 0; i <= found->len; i++) {
    const HallDifference *part = i < found->len ? found->pdata[i] : NULL;
    gboolean              replacing = removed->len > 0 && added->len > 0;

    if (part != NULL && part->kind == HALL_DIFFERENCE_REMOVED) {
      g_string_append (removed, part->text);
    } else if (part != NULL && part->kind == HALL_DIFFERENCE_ADDED) {
      g_string_append (added, part->text);
    } else if (part != NULL && replacing && is_blank (part->text) && i + 1 < found->len) {
      g_string_append (removed, part->text);
      g_string_append (added, part->text);
    } else {
      add_text (joined, HALL_DIFFERENCE_REMOVED, removed->str, removed->len);
      add_text (joined, HALL_DIFFERENCE_ADDED, added->str, added->len);
      g_string_truncate (removed, 0);
      g_string_truncate (added, 0);
      if (part != NULL)
        add_text (joined, HALL_DIFFERENCE_SAME, part->text, strlen (part->text));
    }
  }
  g_string_free (removed, TRUE);
  g_string_free (added, TRUE);

  return joined;
}

/* How many bytes both begin with, cut where a line begins, so that no word is cut. */
static gsize
measure_head (const char *before,
              const char *after)
{
  gsize line = 0;

  for (gsize i = 0; before[i] != '\0' && before[i] == after[i]; i++)
    if (before[i] == '\n')
      line = i + 1;

  return line;
}

static gsize
measure_tail (const char *before,
              const char *after)
{
  gsize n = strlen (before);
  gsize m = strlen (after);
  gsize line = 0;

  for (gsize i = 0; i < MIN (n, m) && before[n - 1 - i] == after[m - 1 - i]; i++)
    if (before[n - 1 - i] == '\n')
      line = i;

  return line;
}

/**
 * hall_difference_find:
 * @before: (nullable): a text, UTF-8; NULL for none
 * @after: (nullable): what became of it
 *
 * Says what was taken out of @before and what was put in, in the order of the texts; of what stands in the same
 * place, what was taken out comes first. Without what was put in the parts make up @before, without what was
 * taken out @after. Words are compared; where the texts lie too far apart for that, their lines, and where they
 * have next to nothing in common, everything between what both begin and end with. The work is bounded.
 *
 * Pure; any thread.
 *
 * Returns: (transfer full) (element-type HallDifference): the parts, none of them empty
 */
GPtrArray *
hall_difference_find (const char *before,
                      const char *after)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) hall_difference_free);
  g_autofree char      *a = NULL;
  g_autofree char      *b = NULL;
  gsize                 head, tail;

  before = before != NULL ? before : "";
  after = after != NULL ? after : "";
  head = measure_head (before, after);
  tail = measure_tail (before + head, after + head);
  a = g_strndup (before + head, strlen (before + head) - tail);
  b = g_strndup (after + head, strlen (after + head) - tail);

  add_text (found, HALL_DIFFERENCE_SAME, before, head);
  if (!compare (found, a, b, measure_word) && !compare (found, a, b, measure_line)) {
    add_text (found, HALL_DIFFERENCE_REMOVED, a, strlen (a));
    add_text (found, HALL_DIFFERENCE_ADDED, b, strlen (b));
  }
  add_text (found, HALL_DIFFERENCE_SAME, before + strlen (before) - tail, tail);

  return join_over_spaces (found);
}

/**
 * hall_difference_free:
 * @self: (transfer full): a part
 */
void
hall_difference_free (HallDifference *self)
{
  g_free (self->text);
  g_free (self);
}
