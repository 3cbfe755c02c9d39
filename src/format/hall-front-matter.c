/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads front matter, and changes one value of it while every other byte of the post stays as it is. */
#include "format/hall-front-matter.h"

#include "format/hall-front-matter-fences.h"
#include "format/hall-post-title.h"
#include "format/hall-yaml-map.h"

#include <glib/gi18n.h>
#include <string.h>

/* The last of a name that stands twice, as Ruby's YAML has it. */
static HallYamlEntry *
find_entry (GPtrArray  *entries,
            const char *key)
{
  for (guint i = entries->len; i > 0; i--) {
    HallYamlEntry *entry = g_ptr_array_index (entries, i - 1);

    if (strcmp (entry->key, key) == 0)
      return entry;
  }

  return NULL;
}

static gboolean
is_null (const HallYamlEntry *entry)
{
  const char *const nothing[] = { "", "~", "null", "Null", "NULL", NULL };

  return entry->text != NULL && entry->quote == 0 && g_strv_contains (nothing, entry->text);
}

/* Bare words only: Ruby's YAML takes these for false, as YAML 1.1 says. */
static gboolean
is_false (const HallYamlEntry *entry)
{
  const char *const noes[] = { "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", NULL };

  return entry->text != NULL && entry->quote == 0 && g_strv_contains (noes, entry->text);
}

static char *
dup_text (GPtrArray  *entries,
          const char *key)
{
  const HallYamlEntry *entry = find_entry (entries, key);
  g_autofree char     *text = NULL;

  if (entry == NULL || entry->text == NULL || is_null (entry))
    return NULL;

  text = g_strstrip (g_strdup (entry->text));
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
add_words (GStrvBuilder *builder,
           const char   *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);
}

/* As Jekyll: the singular is one name whatever blanks it has, the plural a list, or words between blanks. */
static char **
dup_names (GPtrArray  *entries,
           const char *singular,
           const char *plural)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char         *one = dup_text (entries, singular);
  g_autofree char         *many = dup_text (entries, plural);
  const HallYamlEntry     *entry = find_entry (entries, plural);

  if (one != NULL)
    g_strv_builder_add (builder, one);
  else if (many != NULL)
    add_words (builder, many);
  else if (entry != NULL && entry->items != NULL)
    for (guint i = 0; entry->items[i] != NULL; i++)
      if (*entry->items[i] != '\0')
        g_strv_builder_add (builder, entry->items[i]);

  return g_strv_builder_end (builder);
}

static GPtrArray *
read_entries (const char                  *text,
              const HallFrontMatterFences *fences,
              guint                       *line,
              GError                     **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (fences->opened && !fences->closed) {
    *line = 1;
    g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX,
                         _("The front matter that begins here has no closing line “---”."));
    return NULL;
  }

  entries = hall_yaml_map_read (text + fences->start, fences->end - fences->start, line, error);
  if (entries == NULL)
    *line += 1;

  return g_steal_pointer (&entries);
}

/**
 * hall_front_matter_read:
 * @text: a post, valid UTF-8
 * @file_name: (nullable): what its file is called
 *
 * Reads what the front matter says. A fault in it is told in the result, with its line counted from the top of
 * the file; whatever can still be known is. A post that names no title takes its first heading for one, then
 * the words of its file's name. Any thread.
 *
 * Returns: (transfer full): what was read; its title is NULL only when nothing gives one
 */
HallFrontMatter *
hall_front_matter_read (const char *text,
                        const char *file_name)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError)    fault = NULL;
  HallFrontMatterFences fences;
  HallFrontMatter      *self;
  const HallYamlEntry  *published;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (HallFrontMatter, 1);
  fences = hall_front_matter_fences_find (text);
  entries = read_entries (text, &fences, &self->fault_line, &fault);
  if (entries == NULL) {
    self->fault = g_strdup (fault->message);
    entries = g_ptr_array_new ();
  }

  published = find_entry (entries, "published");
  self->published = published == NULL || !is_false (published);
  self->body = fences.body;
  self->title = dup_text (entries, "title");
  self->date = dup_text (entries, "date");
  self->categories = dup_names (entries, "category", "categories");
  self->tags = dup_names (entries, "tag", "tags");

  if (self->title == NULL)
    self->title = hall_post_title_guess (text + (fences.opened ? fences.body : fences.start), file_name);

  return self;
}

/**
 * hall_front_matter_free:
 * @front_matter: (transfer full) (nullable): what hall_front_matter_read() gave
 */
void
hall_front_matter_free (HallFrontMatter *front_matter)
{
  if (front_matter == NULL)
    return;

  g_free (front_matter->title);
  g_free (front_matter->date);
  g_strfreev (front_matter->categories);
  g_strfreev (front_matter->tags);
  g_free (front_matter->fault);
  g_free (front_matter);
}

static char *
splice (const char *text,
        gsize       start,
        gsize       end,
        const char *between)
{
  GString *spliced = g_string_new_len (text, start);

  g_string_append (spliced, between);
  g_string_append (spliced, text + end);

  return g_string_free (spliced, FALSE);
}

static char *
write_new (const char                  *text,
           const HallFrontMatterFences *fences,
           const char                  *key,
           const char                  *scalar)
{
  g_autofree char *line = g_strconcat (key, ": ", scalar, fences->newline, NULL);
  g_autofree char *whole = NULL;

  if (fences->opened)
    return splice (text, fences->end, fences->end, line);

  whole = g_strconcat ("---", fences->newline, line, "---", fences->newline, fences->newline, NULL);
  return splice (text, fences->start, fences->start, whole);
}

/* A value that stands on lines of its own moves up behind its colon; a comment there stays. */
static char *
write_over (const char          *text,
            gsize                base,
            const HallYamlEntry *entry,
            const char          *scalar)
{
  const char      *value = text + base + entry->start;
  const char      *colon = memchr (text + base + entry->key_end, ':', entry->start - entry->key_end);
  const char      *newline = colon != NULL ? memchr (colon, '\n', value - colon) : NULL;
  g_autofree char *spaced = g_strconcat (" ", scalar, NULL);
  g_autofree char *without = NULL;

  if (newline != NULL) {
    if (newline > colon && newline[-1] == '\r')
      newline--;
    without = splice (text, newline - text, base + entry->end, "");
    return splice (without, colon + 1 - text, colon + 1 - text, spaced);
  }

  return splice (text, base + entry->start, base + entry->end, value[-1] == ':' ? spaced : scalar);
}

static gboolean
is_same_entry (const char          *yaml_a,
               const HallYamlEntry *a,
               const char          *yaml_b,
               const HallYamlEntry *b)
{
  return strcmp (a->key, b->key) == 0 && a->end - a->start == b->end - b->start &&
         strncmp (yaml_a + a->start, yaml_b + b->start, a->end - a->start) == 0;
}

/* Whether @after reads as @value at @key and in everything else as before. */
static gboolean
has_become (const char *before,
            const char *after,
            const char *key,
            const char *value)
{
  HallFrontMatterFences from = hall_front_matter_fences_find (before);
  HallFrontMatterFences to = hall_front_matter_fences_find (after);
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) new = NULL;
  const HallYamlEntry  *target;
  guint                 line;
  guint                 n_added;

  old = read_entries (before, &from, &line, NULL);
  new = read_entries (after, &to, &line, NULL);
  if (old == NULL || new == NULL || !g_str_has_suffix (after + to.body, before + MAX (from.body, from.start)))
    return FALSE;

  target = find_entry (new, key);
  n_added = find_entry (old, key) == NULL ? 1 : 0;
  if (target == NULL || g_strcmp0 (target->text, value) != 0 || new->len != old->len + n_added)
    return FALSE;

  for (guint i = 0; i < old->len; i++) {
    const HallYamlEntry *a = g_ptr_array_index (old, i);
    const HallYamlEntry *b = g_ptr_array_index (new, i);

    if (b != target && !is_same_entry (before + from.start, a, after + to.start, b))
      return FALSE;
  }

  return TRUE;
}

/* A title is text even where YAML 1.1 takes a bare word for a number, a truth or nothing at all. */
static gboolean
can_be_bare (const char *key,
             const char *value)
{
  const char *const words[] = { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

  if (strcmp (key, "title") != 0)
    return TRUE;
  if (!g_ascii_isalpha (value[0]) && (guchar) value[0] < 0x80)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (value, words[i]) == 0)
      return FALSE;

  return TRUE;
}

/* How @value could be written, best first: in the style that is there, then in double quotes, which can say all. */
static char **
list_scalars (const HallYamlEntry *entry,
              const char          *key,
              const char          *value)
{
  g_autoptr (GStrvBuilder) scalars = g_strv_builder_new ();
  gboolean                 bare = entry != NULL ? entry->quote == 0 : strcmp (key, "title") != 0;

  if (entry != NULL && entry->quote == '\'') {
    g_autoptr (GString) doubled = g_string_new (value);

    g_string_replace (doubled, "'", "''", 0);
    g_strv_builder_take (scalars, g_strconcat ("'", doubled->str, "'", NULL));
  } else if (bare && can_be_bare (key, value)) {
    g_strv_builder_add (scalars, value);
  }
  g_strv_builder_take (scalars, hall_yaml_map_quote (value));

  return g_strv_builder_end (scalars);
}

/**
 * hall_front_matter_set:
 * @text: a post, valid UTF-8
 * @key: a key, such as "title"
 * @value: its new value, UTF-8
 * @error: return location for a HALL_FORMAT_ERROR, whose message is a sentence for people
 *
 * Changes one value of the front matter and not one other byte: the value keeps its kind of quotes where @value
 * can be written in them. A key that is not there is added before the closing fence, front matter that is not
 * there before the post. Every result has been read again and found to say what was asked; where that cannot
 * be had (front matter with faults, values that lie in one another), the post is refused. Any thread.
 *
 * Returns: (transfer full): the changed post; NULL with @error set
 */
char *
hall_front_matter_set (const char  *text,
                       const char  *key,
                       const char  *value,
                       GError     **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_auto (GStrv)        scalars = NULL;
  HallFrontMatterFences fences;
  const HallYamlEntry  *entry;
  guint                 line;

  g_return_val_if_fail (text != NULL && key != NULL && value != NULL, NULL);

  fences = hall_front_matter_fences_find (text);
  entries = read_entries (text, &fences, &line, error);
  if (entries == NULL)
    return NULL;

  entry = find_entry (entries, key);
  if (entry != NULL && g_strcmp0 (entry->text, value) == 0)
    return g_strdup (text);

  scalars = list_scalars (entry, key, value);
  for (guint i = 0; scalars[i] != NULL; i++) {
    g_autofree char *changed = entry != NULL ? write_over (text, fences.start, entry, scalars[i])
                                             : write_new (text, &fences, key, scalars[i]);

    if (has_become (text, changed, key, value))
      return g_steal_pointer (&changed);
  }

  g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_INVALID,
               _("“%s” cannot be changed here without changing more of the front matter. Change it in the text."), key);
  return NULL;
}
