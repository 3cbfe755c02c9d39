/* SPDX-License-Identifier: GPL-3.0-or-later
 * The list, and one case after the other. After the last choice the dialog closes; every choice can be undone. */
#include "ui/hall-case-dialog.h"

#include "app/hall-problem.h"
#include "ui/hall-case-page.h"
#include "ui/hall-case-text.h"
#include "ui/hall-field-text.h"
#include "ui/hall-third-page.h"

#include <glib/gi18n.h>

struct _HallCaseDialog {
  AdwDialog          parent_instance;
  AdwToastOverlay   *toasts;
  AdwNavigationView *view;
  AdwBanner         *banner;
  GtkStack          *stack;
  GtkListBox        *rows;
  HallUndo          *undo;
  HallOpenCases     *cases;
  char              *settled; /* id of the case that is being settled; it may still be listed for a moment */
  gboolean           alone;   /* opened for one case: there is nothing to go back to */
  gboolean           closed;
};

G_DEFINE_FINAL_TYPE (HallCaseDialog, hall_case_dialog, ADW_TYPE_DIALOG)

/* What it takes to undo a choice. */
typedef struct {
  HallKeeper *keeper;
  char       *id;
} Settled;

static void
free_settled (gpointer data)
{
  Settled *settled = data;

  g_object_unref (settled->keeper);
  g_free (settled->id);
  g_free (settled);
}

static void
on_taken_back (GObject      *library,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (HallKeeper) keeper = user_data;
  g_autoptr (GError)     error = NULL;

  hall_settler_undo_finish (HALL_LIBRARY (library), result, &error);
  hall_keeper_end (keeper, error);
}

static void
take_back (gpointer data)
{
  Settled *settled = data;

  hall_keeper_begin (settled->keeper);
  hall_settler_undo_async (hall_keeper_get_library (settled->keeper), settled->id, on_taken_back,
                           g_object_ref (settled->keeper));
}

static const char *
say_what_was_done (const HallSettlerCase *found,
                   HallChoice             choice)
{
  if (choice == HALL_CHOICE_EDITED)
    return _("Your edit is kept");
  if (found->mine == NULL)
    return choice == HALL_CHOICE_MINE ? _("It stays removed") : _("It is back");
  if (found->theirs == NULL)
    return choice == HALL_CHOICE_MINE ? _("It is kept") : _("It is removed here too");

  return choice == HALL_CHOICE_MINE ? _("Yours is kept") : _("Theirs is kept");
}

static void
show_problem (HallCaseDialog *self,
              const GError   *error)
{
  g_autofree char *sentence = error != NULL ? hall_problem_say (error) : g_strdup ("");

  adw_banner_set_title (self->banner, sentence);
  adw_banner_set_revealed (self->banner, error != NULL);
}

static gboolean
is_listed (HallCaseDialog        *self,
           const HallSettlerCase *found)
{
  return g_strcmp0 (found->id, self->settled) != 0;
}

static guint
count_left (HallCaseDialog *self)
{
  GPtrArray *cases = hall_open_cases_get_list (self->cases);
  guint      n = 0;

  for (guint i = 0; i < cases->len; i++)
    if (is_listed (self, cases->pdata[i]))
      n++;

  return n;
}

/* A choice that is on its way to the library. */
typedef struct {
  HallCaseDialog    *dialog;
  AdwNavigationPage *page;
  GPtrArray         *cases; /* what the case lies in */
  const char        *id;
  const char        *done;
  HallChoice         choice;
} Choosing;

static void
free_choosing (Choosing *choosing)
{
  g_object_unref (choosing->dialog);
  g_object_unref (choosing->page);
  g_ptr_array_unref (choosing->cases);
  g_free (choosing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choosing, free_choosing)

static void
set_busy (AdwNavigationPage *page,
          gboolean           busy)
{
  if (HALL_IS_THIRD_PAGE (page))
    hall_third_page_set_busy (HALL_THIRD_PAGE (page), busy);
  else
    hall_case_page_set_busy (HALL_CASE_PAGE (page), busy);
}

static void
on_refused (Choosing *choosing,
            GError   *error)
{
  HallCaseDialog *self = choosing->dialog;

  if (HALL_IS_THIRD_PAGE (choosing->page) && !g_error_matches (error, HALL_APP_ERROR, HALL_APP_ERROR_NOT_FOUND)) {
    g_autofree char *sentence = hall_problem_say (error);

    hall_third_page_show_problem (HALL_THIRD_PAGE (choosing->page), sentence);
    return;
  }

  /* The versions are others by now: the host has to look again. */
  g_clear_pointer (&self->settled, g_free);
  show_problem (self, error);
  if (self->alone)
    adw_navigation_view_replace_with_tags (self->view, (const char *[]) { "list" }, 1);
  else
    adw_navigation_view_pop_to_tag (self->view, "list");
  self->alone = FALSE;
  hall_open_cases_look (self->cases);
}

static void
on_chosen (GObject      *library,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Choosing) choosing = user_data;
  HallCaseDialog      *self = choosing->dialog;
  HallKeeper          *keeper = hall_undo_get_keeper (self->undo);
  gboolean             is_open = !self->closed && gtk_widget_get_root (GTK_WIDGET (self)) != NULL;
  g_autoptr (GError)   error = NULL;
  Settled             *settled;

  hall_settler_choose_finish (HALL_LIBRARY (library), result, &error);
  /* Where the dialog has been closed meanwhile, the window tells what went wrong. */
  hall_keeper_end (keeper, is_open ? NULL : error);
  set_busy (choosing->page, FALSE);
  if (error != NULL && is_open)
    on_refused (choosing, error);
  if (error != NULL)
    return;

  settled = g_new0 (Settled, 1);
  settled->keeper = g_object_ref (keeper);
  settled->id = g_strdup (choosing->id);
  g_set_str (&self->settled, choosing->id);
  if (is_open && (self->alone || count_left (self) == 0))
    adw_dialog_close (ADW_DIALOG (self));
  else if (is_open)
    adw_navigation_view_pop_to_tag (self->view, "list");
  hall_undo_offer (self->undo, choosing->done, take_back, NULL, settled, free_settled);
}

static void
choose (HallCaseDialog        *self,
        AdwNavigationPage     *page,
        const HallSettlerCase *found,
        HallChoice             choice,
        gconstpointer          edited)
{
  HallKeeper *keeper = hall_undo_get_keeper (self->undo);
  Choosing   *choosing = g_new0 (Choosing, 1);

  choosing->dialog = g_object_ref (self);
  choosing->page = g_object_ref (page);
  choosing->cases = g_object_get_data (G_OBJECT (page), "cases");
  g_ptr_array_ref (choosing->cases);
  choosing->id = found->id;
  choosing->done = say_what_was_done (found, choice);
  show_problem (self, NULL);
  set_busy (page, TRUE);
  hall_keeper_begin (keeper);
  hall_settler_choose_async (hall_keeper_get_library (keeper), found->id, choice, edited, on_chosen, choosing);
}

static void
on_case_chosen (HallCasePage   *page,
                int             choice,
                HallCaseDialog *self)
{
  choose (self, ADW_NAVIGATION_PAGE (page), hall_case_page_get_case (page), choice, NULL);
}

static void
on_third_made (HallThirdPage  *page,
               HallCaseDialog *self)
{
  g_autoptr (HallValue) third = hall_third_page_make (page);

  choose (self, ADW_NAVIGATION_PAGE (page), hall_third_page_get_case (page), HALL_CHOICE_EDITED, third);
}

static void
hold_cases (AdwNavigationPage *page,
            GPtrArray         *cases)
{
  g_object_set_data_full (G_OBJECT (page), "cases", g_ptr_array_ref (cases), (GDestroyNotify) g_ptr_array_unref);
}

static void
on_edit_wanted (HallCasePage   *page,
                HallCaseDialog *self)
{
  GPtrArray         *cases = g_object_get_data (G_OBJECT (page), "cases");
  AdwNavigationPage *third = ADW_NAVIGATION_PAGE (hall_third_page_new (hall_undo_get_keeper (self->undo), cases,
                                                                       hall_case_page_get_case (page)));

  hold_cases (third, cases);
  g_signal_connect_object (third, "made", G_CALLBACK (on_third_made), self, 0);
  adw_navigation_view_push (self->view, third);
}

static AdwNavigationPage *
make_page (HallCaseDialog        *self,
           const HallSettlerCase *found)
{
  GPtrArray         *cases = hall_open_cases_get_list (self->cases);
  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (hall_case_page_new (hall_undo_get_keeper (self->undo), cases, found));

  hold_cases (page, cases);
  g_signal_connect_object (page, "chosen", G_CALLBACK (on_case_chosen), self, 0);
  g_signal_connect_object (page, "edit-wanted", G_CALLBACK (on_edit_wanted), self, 0);

  return page;
}

static void
on_row_activated (AdwActionRow   *row,
                  HallCaseDialog *self)
{
  const HallSettlerCase *found = hall_open_cases_find (self->cases, g_object_get_data (G_OBJECT (row), "row"));

  show_problem (self, NULL);
  if (found != NULL)
    adw_navigation_view_push (self->view, make_page (self, found));
}

static GtkWidget *
make_row (HallCaseDialog        *self,
          const HallSettlerCase *found)
{
  g_autofree char *names = hall_case_text_names (found);
  GtkWidget       *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), found->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), names);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (hall_field_text_icon (found->kind)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "row", g_strdup (found->row), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row_activated), self, 0);

  return row;
}

static void
fill (HallCaseDialog *self)
{
  GPtrArray *cases = hall_open_cases_get_list (self->cases);

  gtk_list_box_remove_all (self->rows);
  for (guint i = 0; i < cases->len; i++)
    if (is_listed (self, cases->pdata[i]))
      gtk_list_box_append (self->rows, make_row (self, cases->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, count_left (self) > 0 ? "list" : "empty");
}

static void
on_cases_changed (HallCaseDialog *self)
{
  GtkRoot  *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean  had_focus = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->rows));

  /* An undo brings the case back under the id it had. */
  if (self->settled != NULL && self->alone)
    return;
  g_clear_pointer (&self->settled, g_free);
  fill (self);
  if (had_focus)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
on_close (HallCaseDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
hall_case_dialog_closed (AdwDialog *dialog)
{
  HallCaseDialog *self = HALL_CASE_DIALOG (dialog);

  self->closed = TRUE;
  hall_undo_show_in (self->undo, NULL);
}

static void
hall_case_dialog_dispose (GObject *object)
{
  HallCaseDialog *self = HALL_CASE_DIALOG (object);

  g_signal_handlers_disconnect_by_data (self->cases, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_CASE_DIALOG);

  G_OBJECT_CLASS (hall_case_dialog_parent_class)->dispose (object);
}

static void
hall_case_dialog_finalize (GObject *object)
{
  HallCaseDialog *self = HALL_CASE_DIALOG (object);

  g_object_unref (self->cases);
  g_object_unref (self->undo);
  g_free (self->settled);

  G_OBJECT_CLASS (hall_case_dialog_parent_class)->finalize (object);
}

static void
hall_case_dialog_class_init (HallCaseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_case_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = hall_case_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = hall_case_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-case-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HallCaseDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, HallCaseDialog, view);
  gtk_widget_class_bind_template_child (widget_class, HallCaseDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, HallCaseDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, HallCaseDialog, rows);
  gtk_widget_class_bind_template_callback (widget_class, on_close);

  /* A dialog lets no key through to the window. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "win.undo", NULL);
}

static void
hall_case_dialog_init (HallCaseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hall_case_dialog_new:
 * @undo: where choices are taken back
 * @id: (nullable): id of a row, or of the chat it belongs to, to begin with; NULL for the list
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
HallCaseDialog *
hall_case_dialog_new (HallUndo   *undo,
                      const char *id)
{
  HallCaseDialog        *self;
  const HallSettlerCase *found;

  g_return_val_if_fail (HALL_IS_UNDO (undo), NULL);

  self = g_object_new (HALL_TYPE_CASE_DIALOG, NULL);
  self->undo = g_object_ref (undo);
  self->cases = g_object_ref (hall_keeper_get_open_cases (hall_undo_get_keeper (undo)));
  g_signal_connect_swapped (self->cases, "changed", G_CALLBACK (on_cases_changed), self);
  fill (self);
  found = id != NULL ? hall_open_cases_find_in (self->cases, id) : NULL;
  if (found != NULL) {
    AdwNavigationPage *page = make_page (self, found);

    self->alone = TRUE;
    adw_navigation_page_set_tag (page, "case");
    adw_navigation_view_add (self->view, page);
    adw_navigation_view_replace_with_tags (self->view, (const char *[]) { "case" }, 1);
  }
  hall_undo_show_in (undo, self->toasts);

  return self;
}
