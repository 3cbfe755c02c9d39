/* SPDX-License-Identifier: GPL-3.0-or-later
 * Somebody who signed up. */
#include "ui/hall-person-page.h"

#include "app/hall-person-record.h"
#include "app/hall-problem.h"
#include "model/hall-person.h"
#include "model/hall-question.h"
#include "model/hall-wall-time.h"
#include "ui/hall-autosave.h"
#include "ui/hall-moment-text.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallPersonPage {
  AdwNavigationPage  parent_instance;
  AdwBanner         *banner;
  GtkScrolledWindow *scroller;
  AdwAvatar         *avatar;
  GtkLabel          *name;
  GtkLabel          *address;
  GtkListBox        *chats;
  GtkWidget         *questions_group;
  GtkListBox        *questions;
  GtkTextView       *notes;
  GtkLabel          *saved;
  HallKeeper        *keeper;
  HallValueItem     *item;
  HallAutosave      *autosave;
  GCancellable      *cancellable;
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (HallPersonPage, hall_person_page, ADW_TYPE_NAVIGATION_PAGE)

static const HallPerson *
person_of (HallPersonPage *self)
{
  return hall_value_item_get_value (self->item);
}

static char *
get_notes (HallPersonPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter    start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
fill (HallPersonPage *self)
{
  const HallPerson *person = person_of (self);
  const char       *name = person->name != NULL ? person->name : person->address;
  const char       *notes = person->notes != NULL ? person->notes : "";
  g_autofree char  *typed = get_notes (self);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->address, person->address);
  if (hall_autosave_get_state (self->autosave) != HALL_AUTOSAVE_SAVED)
    return;

  hall_autosave_set_base (self->autosave, person);
  if (strcmp (typed, notes) != 0) {
    self->filling = TRUE;
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), notes, -1);
    self->filling = FALSE;
  }
}

static void
add_chat (HallPersonPage        *self,
          const HallPersonEntry *entry)
{
  GtkWidget       *row = adw_action_row_new ();
  gint64           now = hall_keeper_get_now (self->keeper);
  const char      *zone = hall_keeper_get_zone (self->keeper);
  gint64           starts_at;
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;

  hall_wall_time_to_moment (entry->chat->wall, entry->chat->zone, entry->chat->fold, &starts_at);
  when = hall_moment_text_brief (starts_at, zone, now);
  if (strcmp (entry->attendee->status, "cancelled") == 0)
    /* Translators: when a chat is, and that somebody has cancelled */
    subtitle = g_strdup_printf (_("%s · cancelled"), when);
  else if (strcmp (entry->attendee->status, "waitlist") == 0)
    /* Translators: when a chat is, and that somebody is on its waitlist */
    subtitle = g_strdup_printf (_("%s · on the waitlist"), when);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), entry->chat->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : when);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "chat", g_strdup (entry->chat->parent.id), g_free);
  gtk_list_box_append (self->chats, row);
}

static void
add_question (HallPersonPage     *self,
              const HallQuestion *question,
              const HallChat     *chat)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), question->text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), chat->title);
  gtk_list_box_append (self->questions, row);
}

static void
on_read (GObject      *library,
         GAsyncResult *result,
         gpointer      user_data)
{
  HallPersonPage       *self = user_data;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) entries = hall_person_record_read_finish (HALL_LIBRARY (library), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL) {
    g_autofree char *sentence = hall_problem_say (error);

    adw_banner_set_title (self->banner, sentence);
  }
  adw_banner_set_revealed (self->banner, error != NULL);
  if (entries == NULL)
    return;

  gtk_list_box_remove_all (self->chats);
  gtk_list_box_remove_all (self->questions);
  gtk_widget_set_visible (self->questions_group, FALSE);
  for (guint i = 0; i < entries->len; i++) {
    const HallPersonEntry *entry = entries->pdata[i];

    add_chat (self, entry);
    for (guint j = 0; j < entry->questions->len; j++) {
      add_question (self, entry->questions->pdata[j], entry->chat);
      gtk_widget_set_visible (self->questions_group, TRUE);
    }
  }
}

static void
read_again (HallPersonPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  hall_person_record_read_async (hall_keeper_get_library (self->keeper), hall_value_item_get_id (self->item),
                                 self->cancellable, on_read, self);
}

static void
on_library_changed (HallPersonPage     *self,
                    const char *const  *tables)
{
  if (self->item != NULL && (g_strv_contains (tables, hall_attendee_kind.plural) ||
                             g_strv_contains (tables, hall_question_kind.plural) ||
                             g_strv_contains (tables, hall_chat_kind.plural)))
    read_again (self);
}

static gpointer
make (gconstpointer base,
      gpointer      user_data)
{
  HallPersonPage  *self = user_data;
  HallPerson      *person = hall_value_copy (base);
  g_autofree char *notes = get_notes (self);

  g_set_str (&person->notes, *notes != '\0' ? notes : NULL);

  return person;
}

static void
on_notes_typed (HallPersonPage *self)
{
  if (!self->filling && self->autosave != NULL)
    hall_autosave_touch (self->autosave);
}

static void
on_autosave_changed (HallPersonPage *self)
{
  switch (hall_autosave_get_state (self->autosave)) {
  case HALL_AUTOSAVE_SAVED:
    gtk_label_set_label (self->saved, _("Saved"));
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
on_chat_activated (GtkListBox     *box,
                   GtkListBoxRow  *row,
                   HallPersonPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "chats", g_object_get_data (G_OBJECT (row), "chat"));
}

static void
let_go (HallPersonPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->autosave != NULL) {
    g_signal_handlers_disconnect_by_data (self->autosave, self);
    hall_autosave_stop (self->autosave);
  }
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->autosave);
  g_clear_object (&self->item);
}

static void
hall_person_page_dispose (GObject *object)
{
  HallPersonPage *self = HALL_PERSON_PAGE (object);

  let_go (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_PERSON_PAGE);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_person_page_parent_class)->dispose (object);
}

static void
hall_person_page_class_init (HallPersonPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_person_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-person-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, name);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, address);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, chats);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, questions_group);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, questions);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, notes);
  gtk_widget_class_bind_template_child (widget_class, HallPersonPage, saved);
  gtk_widget_class_bind_template_callback (widget_class, on_chat_activated);
}

static void
hall_person_page_init (HallPersonPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_text_view_get_buffer (self->notes), "changed", G_CALLBACK (on_notes_typed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * hall_person_page_new:
 * @keeper: whose library is shown
 *
 * Returns: (transfer floating): a page that shows nobody yet
 */
HallPersonPage *
hall_person_page_new (HallKeeper *keeper)
{
  HallPersonPage *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_PERSON_PAGE, "title", _("Person"), NULL);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (hall_keeper_get_library (keeper), "changed", G_CALLBACK (on_library_changed), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * hall_person_page_show:
 * @self: the page
 * @item: an item that holds a HallPerson
 */
void
hall_person_page_show (HallPersonPage *self,
                       HallValueItem  *item)
{
  g_return_if_fail (HALL_IS_PERSON_PAGE (self));
  g_return_if_fail (HALL_IS_VALUE_ITEM (item));

  if (self->item == item)
    return;

  let_go (self);
  self->item = g_object_ref (item);
  self->autosave = hall_autosave_new (self->keeper, person_of (self), make, self);
  g_signal_connect_swapped (self->autosave, "notify", G_CALLBACK (on_autosave_changed), self);
  g_signal_connect_swapped (item, "notify::value", G_CALLBACK (fill), self);
  gtk_label_set_label (self->saved, "");
  fill (self);
  read_again (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}
