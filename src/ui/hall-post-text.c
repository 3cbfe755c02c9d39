/* SPDX-License-Identifier: GPL-3.0-or-later
 * A post's text in two buffers. Put together again, an unedited post is the same bytes. */
#include "ui/hall-post-text.h"

#include "format/hall-front-matter.h"

#include <string.h>

struct _HallPostText {
  GObject          parent_instance;
  GtkSourceBuffer *front;
  GtkSourceBuffer *body;
  gboolean         carriage_returns; /* every line of the file ends with CR LF, so new ones do too */
  gboolean         filling;
};

enum { TYPED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallPostText, hall_post_text, G_TYPE_OBJECT)

static char *
get_text (GtkSourceBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (buffer), &start, &end);

  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (buffer), &start, &end, TRUE);
}

static gboolean
ends_lines_with_cr (const char *text)
{
  gboolean any = FALSE;

  for (const char *end = strchr (text, '\n'); end != NULL; end = strchr (end + 1, '\n')) {
    if (end == text || end[-1] != '\r')
      return FALSE;
    any = TRUE;
  }

  return any;
}

/* What is typed ends its lines with LF alone. */
static char *
add_carriage_returns (const char *text)
{
  GString *with = g_string_sized_new (strlen (text) + 16);

  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '\n' && (c == text || c[-1] != '\r'))
      g_string_append_c (with, '\r');
    g_string_append_c (with, *c);
  }

  return g_string_free (with, FALSE);
}

/* Replaces only the stretch that differs, so that the cursor, the scrolling and the undo of the rest stay. */
static void
replace_difference (GtkSourceBuffer *buffer,
                    const char      *wanted)
{
  GtkTextBuffer   *text_buffer = GTK_TEXT_BUFFER (buffer);
  g_autofree char *present = get_text (buffer);
  gsize            n_present = strlen (present), n_wanted = strlen (wanted);
  gsize            head = 0, tail = 0;
  gsize            common = MIN (n_present, n_wanted);
  GtkTextIter      start, end;

  while (head < common && present[head] == wanted[head])
    head++;
  if (head == n_present && head == n_wanted)
    return;

  while (head > 0 && (present[head] & 0xC0) == 0x80)
    head--;
  while (tail < common - head && present[n_present - 1 - tail] == wanted[n_wanted - 1 - tail])
    tail++;
  while (tail > 0 && (present[n_present - tail] & 0xC0) == 0x80)
    tail--;

  gtk_text_buffer_get_iter_at_offset (text_buffer, &start, g_utf8_pointer_to_offset (present, present + head));
  gtk_text_buffer_get_iter_at_offset (text_buffer, &end, g_utf8_pointer_to_offset (present, present + n_present - tail));
  gtk_text_buffer_begin_user_action (text_buffer);
  gtk_text_buffer_delete (text_buffer, &start, &end);
  gtk_text_buffer_insert (text_buffer, &start, wanted + head, n_wanted - head - tail);
  gtk_text_buffer_end_user_action (text_buffer);
}

static void
set_text (GtkSourceBuffer *buffer,
          const char      *text,
          gsize            length)
{
  GtkTextIter start;

  /* What another post was is nothing to be undone in this one. */
  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (buffer));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (buffer), text, length);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (buffer));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &start);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (buffer), &start);
}

static gsize
find_body (const char *text)
{
  g_autoptr (HallFrontMatter) front_matter = hall_front_matter_read (text, NULL);

  return front_matter->body;
}

static void
on_changed (HallPostText *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[TYPED], 0);
}

static GtkSourceBuffer *
make_buffer (HallPostText *self,
             const char   *language)
{
  GtkSourceLanguageManager *languages = gtk_source_language_manager_get_default ();
  GtkSourceBuffer          *buffer = gtk_source_buffer_new (NULL);

  gtk_source_buffer_set_language (buffer, gtk_source_language_manager_get_language (languages, language));
  gtk_source_buffer_set_implicit_trailing_newline (buffer, FALSE);
  gtk_source_buffer_set_highlight_matching_brackets (buffer, FALSE);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);

  return buffer;
}

static void
hall_post_text_dispose (GObject *object)
{
  HallPostText *self = HALL_POST_TEXT (object);

  g_clear_object (&self->front);
  g_clear_object (&self->body);

  G_OBJECT_CLASS (hall_post_text_parent_class)->dispose (object);
}

static void
hall_post_text_class_init (HallPostTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hall_post_text_dispose;

  signals[TYPED] = g_signal_new ("typed", HALL_TYPE_POST_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hall_post_text_init (HallPostText *self)
{
  self->front = make_buffer (self, "yaml");
  self->body = make_buffer (self, "markdown");
}

/**
 * hall_post_text_new:
 *
 * Returns: (transfer full): an empty text
 */
HallPostText *
hall_post_text_new (void)
{
  return g_object_new (HALL_TYPE_POST_TEXT, NULL);
}

/**
 * hall_post_text_get_front:
 * @self: a text
 *
 * Returns: (transfer none): the buffer with the front matter and its fences; empty when there is none
 */
GtkSourceBuffer *
hall_post_text_get_front (HallPostText *self)
{
  g_return_val_if_fail (HALL_IS_POST_TEXT (self), NULL);

  return self->front;
}

/**
 * hall_post_text_get_body:
 * @self: a text
 *
 * Returns: (transfer none): the buffer with what follows the front matter
 */
GtkSourceBuffer *
hall_post_text_get_body (HallPostText *self)
{
  g_return_val_if_fail (HALL_IS_POST_TEXT (self), NULL);

  return self->body;
}

/**
 * hall_post_text_get:
 * @self: a text
 *
 * Returns: (transfer full): the whole post as its file has it
 */
char *
hall_post_text_get (HallPostText *self)
{
  g_autofree char *front = NULL;
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (HALL_IS_POST_TEXT (self), NULL);

  front = get_text (self->front);
  body = get_text (self->body);
  text = g_strconcat (front, body, NULL);

  return self->carriage_returns ? add_carriage_returns (text) : g_steal_pointer (&text);
}

/**
 * hall_post_text_begin:
 * @self: a text
 * @text: the whole post as its file has it
 *
 * Begins to edit a post. There is nothing to undo yet.
 */
void
hall_post_text_begin (HallPostText *self,
                      const char   *text)
{
  gsize body;

  g_return_if_fail (HALL_IS_POST_TEXT (self));
  g_return_if_fail (text != NULL);

  self->filling = TRUE;
  self->carriage_returns = ends_lines_with_cr (text);
  body = find_body (text);
  set_text (self->front, text, body);
  set_text (self->body, text + body, strlen (text) - body);
  self->filling = FALSE;
}

/**
 * hall_post_text_follow:
 * @self: a text
 * @text: what the same post is now
 *
 * Takes over what was changed elsewhere, and leaves the cursor where it is.
 */
void
hall_post_text_follow (HallPostText *self,
                       const char   *text)
{
  g_autofree char *front = NULL;
  gsize            body;

  g_return_if_fail (HALL_IS_POST_TEXT (self));
  g_return_if_fail (text != NULL);

  self->filling = TRUE;
  self->carriage_returns = ends_lines_with_cr (text);
  body = find_body (text);
  front = g_strndup (text, body);
  replace_difference (self->front, front);
  replace_difference (self->body, text + body);
  self->filling = FALSE;
}

/**
 * hall_post_text_set_title:
 * @self: a text
 * @title: the new title
 * @error: return location for a HALL_FORMAT_ERROR
 *
 * Changes that line of the front matter and nothing else. Counts as typed.
 *
 * Returns: whether the front matter could be changed
 */
gboolean
hall_post_text_set_title (HallPostText  *self,
                          const char    *title,
                          GError       **error)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_return_val_if_fail (HALL_IS_POST_TEXT (self), FALSE);
  g_return_val_if_fail (title != NULL, FALSE);

  before = hall_post_text_get (self);
  after = hall_front_matter_set (before, "title", title, error);
  if (after == NULL)
    return FALSE;

  if (strcmp (before, after) != 0) {
    hall_post_text_follow (self, after);
    g_signal_emit (self, signals[TYPED], 0);
  }

  return TRUE;
}
