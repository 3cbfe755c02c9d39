/* SPDX-License-Identifier: GPL-3.0-or-later
 * One chat. The page stays while the host goes from chat to chat; a tab is filled when it is looked at. */
#include "ui/hall-chat-page.h"

#include "app/hall-planner.h"
#include "ui/hall-attendee-table.h"
#include "ui/hall-case-text.h"
#include "ui/hall-chat-dialog.h"
#include "ui/hall-chat-overview.h"
#include "ui/hall-moment-text.h"
#include "ui/hall-question-list.h"

#include <glib/gi18n.h>
#include <string.h>

struct _HallChatPage {
  AdwNavigationPage  parent_instance;
  AdwWindowTitle    *narrow_title;
  AdwViewStack      *stack;
  HallChatOverview  *overview;
  HallAttendeeTable *attendees;
  HallQuestionList  *questions;
  AdwViewStackPage  *questions_page;
  GtkWidget         *menu_button;
  AdwBanner         *choose;
  HallKeeper        *keeper;
  HallValueItem     *item;
  GSimpleActionGroup *actions;
  gboolean           attendees_shown;
  gboolean           questions_shown;
};

G_DEFINE_FINAL_TYPE (HallChatPage, hall_chat_page, ADW_TYPE_NAVIGATION_PAGE)

static const HallChat *
chat_of (HallChatPage *self)
{
  return hall_value_item_get_value (self->item);
}

static void
enable (HallChatPage *self,
        const char   *name,
        gboolean      enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
fill (HallChatPage *self)
{
  const HallChat  *chat = chat_of (self);
  HallChatSummary *summary = hall_value_item_get_summary (self->item);
  gboolean         cancelled = strcmp (chat->status, "cancelled") == 0;
  g_autofree char *when = hall_moment_text_brief (hall_chat_summary_get_starts_at (summary),
                                                  hall_keeper_get_zone (self->keeper), hall_keeper_get_now (self->keeper));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), chat->title);
  adw_window_title_set_title (self->narrow_title, chat->title);
  adw_window_title_set_subtitle (self->narrow_title, when);
  adw_view_stack_page_set_badge_number (self->questions_page, hall_chat_summary_get_open_questions (summary));
  enable (self, "cancel", !cancelled);
  enable (self, "revive", cancelled);
}

static void
fill_tab (HallChatPage *self)
{
  const char *tab = adw_view_stack_get_visible_child_name (self->stack);

  if (self->item == NULL)
    return;

  if (strcmp (tab, "attendees") == 0 && !self->attendees_shown) {
    self->attendees_shown = TRUE;
    hall_attendee_table_show (self->attendees, self->keeper, self->item);
  } else if (strcmp (tab, "questions") == 0 && !self->questions_shown) {
    self->questions_shown = TRUE;
    hall_question_list_show (self->questions, self->keeper, hall_value_item_get_id (self->item));
  }
}

static void
show_case (HallChatPage *self)
{
  HallOpenCases         *cases = hall_keeper_get_open_cases (self->keeper);
  const HallSettlerCase *found = NULL;

  if (self->item != NULL)
    found = hall_open_cases_find_in (cases, hall_value_item_get_id (self->item));
  if (found != NULL)
    adw_banner_set_title (self->choose, hall_case_text_banner (found));
  adw_banner_set_revealed (self->choose, found != NULL);
}

static void
on_choose (HallChatPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.choose", "s", hall_value_item_get_id (self->item));
}

static void
on_tab_changed (HallChatPage *self)
{
  fill_tab (self);
  /* A name can be typed at once: the tabs themselves take no focus from the pointer. */
  if (g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), "attendees") == 0)
    hall_attendee_table_search (self->attendees);
}

static void
on_go (HallChatPage *self,
       const char   *tab)
{
  adw_view_stack_set_visible_child_name (self->stack, tab);
}

static void
on_address_wanted (HallChatPage *self)
{
  adw_view_stack_set_visible_child_name (self->stack, "overview");
}

static void
on_cancel_answered (AdwAlertDialog *dialog,
                    const char     *response,
                    HallChatPage   *self)
{
  g_autoptr (HallChat) cancelled = NULL;

  /* Another chat may be shown by now. */
  if (strcmp (response, "cancel-chat") != 0 || self->item != g_object_get_data (G_OBJECT (dialog), "item"))
    return;

  cancelled = hall_planner_cancel (chat_of (self));
  hall_keeper_save (self->keeper, chat_of (self), cancelled);
}

static char *
say_who_is_concerned (HallChatPage *self)
{
  HallChatSummary *summary = hall_value_item_get_summary (self->item);
  guint            people = hall_chat_summary_get_going (summary) + hall_chat_summary_get_waitlist (summary);

  if (people == 0)
    return g_strdup (_("Nobody has signed up. The sign-up page will say that the chat is cancelled."));

  return g_strdup_printf (ngettext ("%u person has signed up. The sign-up page will say that the chat is cancelled; "
                                    "Hallway sends them no message.",
                                    "%u people have signed up. The sign-up page will say that the chat is cancelled; "
                                    "Hallway sends them no message.", people),
                          people);
}

static void
on_cancel (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HallChatPage    *self = user_data;
  g_autofree char *heading = g_strdup_printf (_("Cancel “%s”?"), chat_of (self)->title);
  g_autofree char *body = say_who_is_concerned (self);
  AdwDialog       *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog),
                                  "keep", _("_Keep the chat"), "cancel-chat", _("_Cancel the chat"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cancel-chat", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "keep");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "keep");
  g_object_set_data_full (G_OBJECT (dialog), "item", g_object_ref (self->item), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_cancel_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
on_revive (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HallChatPage        *self = user_data;
  g_autoptr (HallChat) chat = hall_value_copy (chat_of (self));

  g_set_str (&chat->status, "scheduled");
  hall_keeper_save (self->keeper, chat_of (self), chat);
}

static void
on_time (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  HallChatPage *self = user_data;

  adw_dialog_present (ADW_DIALOG (hall_chat_dialog_new (self->keeper, chat_of (self))), GTK_WIDGET (self));
}

static void
on_announce (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  HallChatPage *self = user_data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.announce", "s", hall_value_item_get_id (self->item));
}

static void
on_delete (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  HallChatPage    *self = user_data;
  g_autofree char *sentence = g_strdup_printf (_("“%s” deleted"), chat_of (self)->title);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.remove", "(sss)", hall_chat_kind.plural,
                              hall_value_item_get_id (self->item), sentence);
}

static const GActionEntry entries[] = {
  { "time",     on_time },
  { "announce", on_announce },
  { "cancel",   on_cancel },
  { "revive",   on_revive },
  { "delete",   on_delete },
};

static void
hall_chat_page_dispose (GObject *object)
{
  HallChatPage *self = HALL_CHAT_PAGE (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_CHAT_PAGE);
  g_clear_object (&self->actions);
  g_clear_object (&self->item);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_chat_page_parent_class)->dispose (object);
}

static void
hall_chat_page_class_init (HallChatPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_chat_page_dispose;

  g_type_ensure (HALL_TYPE_CHAT_OVERVIEW);
  g_type_ensure (HALL_TYPE_ATTENDEE_TABLE);
  g_type_ensure (HALL_TYPE_QUESTION_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-chat-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, narrow_title);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, overview);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, attendees);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, questions);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, questions_page);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, HallChatPage, choose);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_address_wanted);
}

static void
hall_chat_page_init (HallChatPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "chat", G_ACTION_GROUP (self->actions));
}

/**
 * hall_chat_page_new:
 * @keeper: whose library is shown
 *
 * Returns: (transfer floating): a page that shows no chat yet
 */
HallChatPage *
hall_chat_page_new (HallKeeper *keeper)
{
  HallChatPage *self;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);

  self = g_object_new (HALL_TYPE_CHAT_PAGE, "title", _("Chat"), NULL);
  self->keeper = g_object_ref (keeper);
  g_signal_connect_object (hall_keeper_get_open_cases (keeper), "changed", G_CALLBACK (show_case), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * hall_chat_page_show:
 * @self: the page
 * @item: an item that holds a HallChat with its numbers
 */
void
hall_chat_page_show (HallChatPage  *self,
                     HallValueItem *item)
{
  g_return_if_fail (HALL_IS_CHAT_PAGE (self));
  g_return_if_fail (HALL_IS_VALUE_ITEM (item));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  g_signal_connect_swapped (item, "notify::value", G_CALLBACK (fill), self);
  self->attendees_shown = FALSE;
  self->questions_shown = FALSE;
  hall_chat_overview_show (self->overview, self->keeper, item);
  fill (self);
  fill_tab (self);
  show_case (self);
}

/**
 * hall_chat_page_search:
 * @self: the page
 *
 * Shows the attendees and moves the focus to their search.
 */
void
hall_chat_page_search (HallChatPage *self)
{
  g_return_if_fail (HALL_IS_CHAT_PAGE (self));

  adw_view_stack_set_visible_child_name (self->stack, "attendees");
  hall_attendee_table_search (self->attendees);
}
