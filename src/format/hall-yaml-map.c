/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reads the top level of a YAML mapping from libyaml's events; nothing is expanded, so no text can grow. */
#include "format/hall-yaml-map.h"

#include <glib/gi18n.h>
#include <string.h>
#include <yaml.h>

/* libyaml takes time with the square of the length and depth of what it reads. No post that people write comes
 * near these; a text made to keep a program busy is refused before it does. */
#define LONGEST (64 * 1024)
#define DEEPEST 32

typedef struct {
  yaml_parser_t  parser;
  const char    *yaml;
  gsize          length;
  gsize          seen_characters; /* libyaml's marks count characters: how far they were counted, … */
  gsize          seen_bytes;      /* … and how many bytes that is */
  GPtrArray     *entries;
  HallYamlEntry *entry; /* whose value is being read, or NULL where a key is expected */
  GPtrArray     *items; /* of the sequence that is the value, while it lasts */
  guint          depth; /* 1 inside the mapping */
  guint          n_documents;
  GHashTable    *anchors; /* names given so far with "&" */
  gboolean       in_key; /* a key that is itself a collection */
} Reader;

static void
free_entry (gpointer data)
{
  HallYamlEntry *entry = data;

  g_free (entry->key);
  g_free (entry->text);
  g_strfreev (entry->items);
  g_free (entry);
}

static gsize
byte_of (Reader            *reader,
         const yaml_mark_t *mark)
{
  if (mark->index < reader->seen_characters) {
    reader->seen_characters = 0;
    reader->seen_bytes = 0;
  }
  while (reader->seen_characters < mark->index && reader->seen_bytes < reader->length) {
    reader->seen_bytes += g_utf8_skip[(guchar) reader->yaml[reader->seen_bytes]];
    reader->seen_characters++;
  }

  return MIN (reader->seen_bytes, reader->length);
}

static guint
line_of (Reader *reader,
         gsize   byte)
{
  guint line = 1;

  for (gsize i = 0; i < byte; i++)
    if (reader->yaml[i] == '\n')
      line++;

  return line;
}

static void
finish_value (Reader *reader)
{
  HallYamlEntry *entry = reader->entry;

  while (entry->end > entry->start && g_ascii_isspace (reader->yaml[entry->end - 1]))
    entry->end--;
  if (reader->items != NULL) {
    g_ptr_array_add (reader->items, NULL);
    entry->items = (char **) g_ptr_array_steal (reader->items, NULL);
    g_clear_pointer (&reader->items, g_ptr_array_unref);
  }

  g_ptr_array_add (reader->entries, g_steal_pointer (&reader->entry));
}

static void
take_key (Reader             *reader,
          const yaml_event_t *event)
{
  reader->entry = g_new0 (HallYamlEntry, 1);
  reader->entry->key = event->type == YAML_SCALAR_EVENT ? g_strdup ((char *) event->data.scalar.value) : g_strdup ("");
  reader->entry->key_end = byte_of (reader, &event->end_mark);
  reader->in_key = event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT;
}

/* A value that begins on the mapping's own level; what is inside it comes through on_nested(). */
static void
take_value (Reader             *reader,
            const yaml_event_t *event)
{
  HallYamlEntry *entry = reader->entry;

  entry->start = byte_of (reader, &event->start_mark);
  entry->end = MAX (entry->start, byte_of (reader, &event->end_mark));

  if (event->type == YAML_SCALAR_EVENT) {
    entry->text = g_strdup ((char *) event->data.scalar.value);
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
      entry->quote = '"';
    else if (event->data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE)
      entry->quote = '\'';
  } else if (event->type == YAML_SEQUENCE_START_EVENT) {
    reader->items = g_ptr_array_new_with_free_func (g_free);
  }
}

/* The end of a block collection is marked where the next thing begins, so the ends of what it holds count. */
static void
on_nested (Reader             *reader,
           const yaml_event_t *event)
{
  if (reader->in_key)
    return;

  if (event->end_mark.index > event->start_mark.index)
    reader->entry->end = MAX (reader->entry->end, byte_of (reader, &event->end_mark));
  if (reader->items != NULL && event->type == YAML_SCALAR_EVENT)
    g_ptr_array_add (reader->items, g_strdup ((char *) event->data.scalar.value));
}

static gboolean
is_open (const yaml_event_t *event)
{
  return event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT;
}

static void
on_node (Reader             *reader,
         const yaml_event_t *event)
{
  if (reader->depth > 1) {
    on_nested (reader, event);
  } else if (reader->entry == NULL) {
    take_key (reader, event);
  } else {
    take_value (reader, event);
    if (!is_open (event))
      finish_value (reader);
  }

  if (is_open (event))
    reader->depth++;
}

static void
on_close (Reader             *reader,
          const yaml_event_t *event)
{
  reader->depth--;
  if (reader->depth == 0)
    return;

  on_nested (reader, event);
  if (reader->depth > 1)
    return;
  if (reader->in_key)
    reader->in_key = FALSE;
  else
    finish_value (reader);
}

static gboolean
refuse_event (Reader              *reader,
              const yaml_event_t  *event,
              const char          *fault,
              guint               *line,
              GError             **error)
{
  *line = line_of (reader, byte_of (reader, &event->start_mark));
  g_set_error_literal (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX, fault);
  return FALSE;
}

/* libyaml's events do not tell of a name that is used and never given, over which Ruby's YAML stumbles. */
static gboolean
check_anchor (Reader              *reader,
              const yaml_event_t  *event,
              guint               *line,
              GError             **error)
{
  const yaml_char_t *given = event->type == YAML_SCALAR_EVENT           ? event->data.scalar.anchor
                             : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
                             : event->type == YAML_MAPPING_START_EVENT  ? event->data.mapping_start.anchor
                                                                        : NULL;

  if (given != NULL)
    g_hash_table_add (reader->anchors, g_strdup ((char *) given));
  if (event->type == YAML_ALIAS_EVENT && !g_hash_table_contains (reader->anchors, event->data.alias.anchor))
    return refuse_event (reader, event, _("This line refers to a name that no line before it gives."), line, error);

  return TRUE;
}

static gboolean
on_event (Reader              *reader,
          const yaml_event_t  *event,
          guint               *line,
          GError             **error)
{
  const char *not_a_mapping = _("Only lines such as “title: Hello” can stand here.");

  if (!check_anchor (reader, event, line, error))
    return FALSE;
  if (reader->depth > DEEPEST)
    return refuse_event (reader, event, _("This line is nested too deep."), line, error);

  switch (event->type) {
  case YAML_DOCUMENT_START_EVENT:
    if (++reader->n_documents > 1)
      return refuse_event (reader, event, not_a_mapping, line, error);
    break;
  case YAML_MAPPING_START_EVENT:
  case YAML_SCALAR_EVENT:
  case YAML_ALIAS_EVENT:
  case YAML_SEQUENCE_START_EVENT:
    if (reader->depth > 0)
      on_node (reader, event);
    else if (event->type == YAML_MAPPING_START_EVENT)
      reader->depth = 1;
    else
      return refuse_event (reader, event, not_a_mapping, line, error);
    break;
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT:
    on_close (reader, event);
    break;
  case YAML_NO_EVENT:
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_DOCUMENT_END_EVENT:
  default:
    break;
  }

  return TRUE;
}

static gboolean
refuse_text (Reader  *reader,
             guint   *line,
             GError **error)
{
  yaml_parser_t *parser = &reader->parser;
  gsize          byte;

  /* What is no character at all is told of in bytes, everything else by a mark. */
  byte = parser->error == YAML_READER_ERROR ? MIN (parser->problem_offset, reader->length)
                                            : byte_of (reader, &parser->problem_mark);
  *line = line_of (reader, byte);
  g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX, _("This line cannot be read as YAML: %s."),
               parser->problem != NULL ? parser->problem : _("out of memory"));
  return FALSE;
}

static gboolean
read_events (Reader  *reader,
             guint   *line,
             GError **error)
{
  gboolean ended = FALSE;
  gboolean good = TRUE;

  while (good && !ended) {
    yaml_event_t event;

    if (!yaml_parser_parse (&reader->parser, &event))
      return refuse_text (reader, line, error);

    good = on_event (reader, &event, line, error);
    ended = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete (&event);
  }

  return good;
}

/**
 * hall_yaml_map_read:
 * @yaml: (array length=length): a YAML text, UTF-8
 * @length: its length in bytes
 * @line: (out): the line of a fault, from 1; 0 when there is none
 * @error: return location for a HALL_FORMAT_ERROR, whose message is a sentence for people
 *
 * Reads the mapping that @yaml must be; an empty text is an empty mapping. Values that are neither scalars nor
 * sequences are only told the place of. A key may stand more than once. Any thread.
 *
 * Returns: (transfer full) (element-type HallYamlEntry): the entries in order; NULL with @error set
 */
GPtrArray *
hall_yaml_map_read (const char  *yaml,
                    gsize        length,
                    guint       *line,
                    GError     **error)
{
  g_autoptr (GPtrArray)  entries = g_ptr_array_new_with_free_func (free_entry);
  g_autoptr (GHashTable) anchors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reader                 reader = { .yaml = yaml, .length = length, .entries = entries, .anchors = anchors };
  gboolean               good;

  g_return_val_if_fail (yaml != NULL && line != NULL, NULL);

  *line = 0;
  if (length > LONGEST) {
    *line = 1;
    g_set_error (error, HALL_FORMAT_ERROR, HALL_FORMAT_ERROR_SYNTAX,
                 _("What stands between the lines “---” is longer than %d KiB."), LONGEST / 1024);
    return NULL;
  }
  if (!yaml_parser_initialize (&reader.parser))
    g_error ("libyaml found no memory");

  /* Told outright, or a byte order mark would make libyaml guess and its marks begin elsewhere. */
  yaml_parser_set_encoding (&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&reader.parser, (const guchar *) yaml, length);
  good = read_events (&reader, line, error);
  yaml_parser_delete (&reader.parser);

  g_clear_pointer (&reader.items, g_ptr_array_unref);
  g_clear_pointer (&reader.entry, free_entry);

  return good ? g_steal_pointer (&entries) : NULL;
}

/**
 * hall_yaml_map_quote:
 * @text: UTF-8
 *
 * Any thread.
 *
 * Returns: (transfer full): @text as a double-quoted scalar on one line (YAML 1.1, 5.6)
 */
char *
hall_yaml_map_quote (const char *text)
{
  GString *quoted;

  g_return_val_if_fail (text != NULL, NULL);

  quoted = g_string_new ("\"");
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '"' || c == '\\')
      g_string_append_printf (quoted, "\\%c", (char) c);
    else if (c == '\n')
      g_string_append (quoted, "\\n");
    else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff || (c & 0xfffe) == 0xfffe)
      g_string_append_printf (quoted, c > 0xffff ? "\\U%08x" : "\\u%04x", c);
    else
      g_string_append_unichar (quoted, c);
  }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}
