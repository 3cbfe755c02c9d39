/* SPDX-License-Identifier: GPL-3.0-or-later
 * All there is to say about a chat. Only what the host has typed into is saved; the rest follows the library. */
#include "ui/hall-chat-overview.h"

#include "model/hall-chat.h"
#include "ui/hall-autosave.h"
#include "ui/hall-chat-dialog.h"
#include "ui/hall-guest-group.h"
#include "ui/hall-moment-text.h"
#include "ui/hall-sign-up-row.h"

#include <glib/gi18n.h>
#include <string.h>

/* How often the time that is left is said anew (seconds). */
#define REFRESH 15

typedef enum {
  TYPED_TITLE     = 1 << 0,
  TYPED_RECORDING = 1 << 1,
  TYPED_SUMMARY   = 1 << 2,
} Typed;

struct _HallChatOverview {
  AdwBin             parent_instance;
  GtkScrolledWindow *scroller;
  GtkWidget         *cancelled;
  GtkLabel          *heading;
  GtkLabel          *when;
  GtkLabel          *elsewhere;
  GtkWidget         *going_button;
  GtkLabel          *going;
  GtkWidget         *questions_button;
  GtkLabel          *questions;
  GtkLabel          *questions_caption;
  HallSignUpRow     *sign_up;
  HallGuestGroup    *guests;
  GtkEditable       *title_row;
  AdwActionRow      *time_row;
  GtkEditable       *recording_row;
  GtkTextView       *summary;
  GtkLabel          *saved;
  HallKeeper        *keeper;
  HallValueItem     *item;
  HallAutosave      *autosave;
  Typed              typed; /* since it was last shown as saved */
  gboolean           filling;
  guint              timer;
};

enum { GO, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallChatOverview, hall_chat_overview, ADW_TYPE_BIN)

static const HallChat *
chat_of (HallChatOverview *self)
{
  return hall_value_item_get_value (self->item);
}

static char *
get_summary (HallChatOverview *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->summary);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
set_summary (HallChatOverview *self,
             const char       *text)
{
  g_autofree char *before = get_summary (self);

  if (strcmp (before, text) != 0)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->summary), text, -1);
}

/* A blank at the end is no difference: somebody may be about to type the next word. */
static void
set_entry (GtkEditable *entry,
           const char  *text)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (strcmp (typed, text) != 0)
    gtk_editable_set_text (entry, text);
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

static void
set_number (GtkLabel   *label,
            GtkWidget  *button,
            guint       number,
            const char *sentence)
{
  g_autofree char *digits = g_strdup_printf ("%u", number);

  gtk_label_set_label (label, digits);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
}

static void
show_time (HallChatOverview *self)
{
  const HallChat  *chat = chat_of (self);
  gint64           starts_at = hall_chat_summary_get_starts_at (hall_value_item_get_summary (self->item));
  g_autofree char *full = hall_moment_text_full (starts_at, chat->duration, chat->zone);
  g_autofree char *there = hall_moment_text_there (starts_at, chat->zone, hall_keeper_get_zone (self->keeper));
  g_autofree char *relative = hall_moment_text_relative (starts_at, chat->duration, hall_keeper_get_now (self->keeper));
  g_autofree char *line = there != NULL ? g_strdup_printf (_("%s · %s"), there, relative) : g_strdup (relative);

  gtk_label_set_label (self->when, full);
  gtk_label_set_label (self->elsewhere, line);
  adw_action_row_set_subtitle (self->time_row, full);
}

static void
show_numbers (HallChatOverview *self)
{
  HallChatSummary *summary = hall_value_item_get_summary (self->item);
  guint            going = hall_chat_summary_get_going (summary);
  guint            questions = hall_chat_summary_get_questions (summary);
  g_autofree char *going_text = g_strdup_printf (ngettext ("%u person is going", "%u people are going", going), going);
  g_autofree char *questions_text = g_strdup_printf (ngettext ("%u question", "%u questions", questions), questions);

  set_number (self->going, self->going_button, going, going_text);
  set_number (self->questions, self->questions_button, questions, questions_text);
  gtk_label_set_label (self->questions_caption, ngettext ("question", "questions", questions));
}

/* Fields that are being typed into keep what is typed. */
static void
fill (HallChatOverview *self)
{
  const HallChat *chat = chat_of (self);

  if (hall_autosave_get_state (self->autosave) == HALL_AUTOSAVE_SAVED)
    hall_autosave_set_base (self->autosave, chat);

  self->filling = TRUE;
  gtk_label_set_label (self->heading, chat->title);
  gtk_widget_set_visible (self->cancelled, strcmp (chat->status, "cancelled") == 0);
  show_time (self);
  show_numbers (self);
  hall_sign_up_row_show (self->sign_up, chat);
  if ((self->typed & TYPED_TITLE) == 0)
    set_entry (self->title_row, chat->title);
  if ((self->typed & TYPED_RECORDING) == 0)
    set_entry (self->recording_row, or_empty (chat->recording));
  if ((self->typed & TYPED_SUMMARY) == 0)
    set_summary (self, or_empty (chat->summary));
  self->filling = FALSE;
}

static void
take (char       **field,
      const char  *text)
{
  g_set_str (field, *text != '\0' ? text : NULL);
}

static gpointer
make (gconstpointer base,
      gpointer      user_data)
{
  HallChatOverview *self = user_data;
  HallChat         *chat = hall_value_copy (base);
  g_autofree char  *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_row)));
  g_autofree char  *recording = g_strstrip (g_strdup (gtk_editable_get_text (self->recording_row)));
  g_autofree char  *summary = get_summary (self);

  /* A chat keeps the title it had until there is another. */
  if ((self->typed & TYPED_TITLE) != 0 && *title != '\0')
    g_set_str (&chat->title, title);
  if ((self->typed & TYPED_RECORDING) != 0)
    take (&chat->recording, recording);
  if ((self->typed & TYPED_SUMMARY) != 0)
    take (&chat->summary, summary);

  return chat;
}

static void
on_autosave_changed (HallChatOverview *self)
{
  switch (hall_autosave_get_state (self->autosave)) {
  case HALL_AUTOSAVE_SAVED:
    if (self->typed != 0)
      gtk_label_set_label (self->saved, _("Saved"));
    self->typed = 0;
    break;
  case HALL_AUTOSAVE_FAILED:
    gtk_label_set_label (self->saved, hall_autosave_get_problem (self->autosave));
    break;
  case HALL_AUTOSAVE_TOUCHED:
  default:
    gtk_label_set_label (self->saved, "");
    break;
  }
}

static void
touch (HallChatOverview *self,
       Typed             what)
{
  if (self->filling || self->autosave == NULL)
    return;

  self->typed |= what;
  hall_autosave_touch (self->autosave);
}

static void
on_title_typed (HallChatOverview *self)
{
  g_autofree char *title = g_strstrip (g_strdup (gtk_editable_get_text (self->title_row)));

  if (*title == '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self->title_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title_row), "error");
  touch (self, TYPED_TITLE);
}

static void
on_recording_typed (HallChatOverview *self)
{
  touch (self, TYPED_RECORDING);
}

static void
on_summary_typed (HallChatOverview *self)
{
  touch (self, TYPED_SUMMARY);
}

static void
on_time (HallChatOverview *self)
{
  /* What is typed goes first, so that the dialog starts from it. */
  hall_autosave_flush (self->autosave);
  adw_dialog_present (ADW_DIALOG (hall_chat_dialog_new (self->keeper, chat_of (self))), GTK_WIDGET (self));
}

static void
on_going (HallChatOverview *self)
{
  g_signal_emit (self, signals[GO], 0, "attendees");
}

static void
on_questions (HallChatOverview *self)
{
  g_signal_emit (self, signals[GO], 0, "questions");
}

static gboolean
on_tick (gpointer user_data)
{
  HallChatOverview *self = user_data;

  if (self->item != NULL)
    show_time (self);

  return G_SOURCE_CONTINUE;
}

static void
let_go (HallChatOverview *self)
{
  if (self->autosave != NULL)
    hall_autosave_stop (self->autosave);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (self->autosave != NULL)
    g_signal_handlers_disconnect_by_data (self->autosave, self);
  g_clear_object (&self->autosave);
  g_clear_object (&self->item);
}

static void
hall_chat_overview_dispose (GObject *object)
{
  HallChatOverview *self = HALL_CHAT_OVERVIEW (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  let_go (self);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_CHAT_OVERVIEW);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_chat_overview_parent_class)->dispose (object);
}

static void
hall_chat_overview_class_init (HallChatOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_chat_overview_dispose;

  signals[GO] = g_signal_new ("go", HALL_TYPE_CHAT_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HALL_TYPE_SIGN_UP_ROW);
  g_type_ensure (HALL_TYPE_GUEST_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-chat-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, scroller);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, cancelled);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, heading);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, when);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, going_button);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, going);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, questions_button);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, questions);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, questions_caption);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, sign_up);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, guests);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, title_row);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, time_row);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, recording_row);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, summary);
  gtk_widget_class_bind_template_child (widget_class, HallChatOverview, saved);
  gtk_widget_class_bind_template_callback (widget_class, on_title_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_recording_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_time);
  gtk_widget_class_bind_template_callback (widget_class, on_going);
  gtk_widget_class_bind_template_callback (widget_class, on_questions);
}

static void
hall_chat_overview_init (HallChatOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_text_view_get_buffer (self->summary), "changed", G_CALLBACK (on_summary_typed), self,
                           G_CONNECT_SWAPPED);
  self->timer = g_timeout_add_seconds (REFRESH, on_tick, self);
}

/**
 * hall_chat_overview_show:
 * @self: the overview
 * @keeper: who waits until what is typed is saved
 * @item: an item that holds a HallChat with its numbers
 *
 * What was typed about the chat before is saved first.
 */
void
hall_chat_overview_show (HallChatOverview *self,
                         HallKeeper       *keeper,
                         HallValueItem    *item)
{
  g_return_if_fail (HALL_IS_CHAT_OVERVIEW (self));
  g_return_if_fail (HALL_IS_KEEPER (keeper));
  g_return_if_fail (HALL_IS_VALUE_ITEM (item));

  let_go (self);
  self->typed = 0;
  g_set_object (&self->keeper, keeper);
  self->item = g_object_ref (item);
  self->autosave = hall_autosave_new (keeper, chat_of (self), make, self);
  g_signal_connect_swapped (self->autosave, "notify", G_CALLBACK (on_autosave_changed), self);
  g_signal_connect_swapped (item, "notify::value", G_CALLBACK (fill), self);
  gtk_label_set_label (self->saved, "");
  hall_guest_group_show (self->guests, keeper, hall_value_item_get_id (item));
  fill (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
