/* SPDX-License-Identifier: GPL-3.0-or-later
 * Mine or theirs of each field, or something else that is typed: what is chosen stands in the entry, and typing
 * there is choosing something else. */
#include "ui/hall-third-page.h"

#include "format/hall-when.h"
#include "ui/hall-case-text.h"
#include "ui/hall-field-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* One field and what is chosen for it. */
typedef struct {
  HallThirdPage   *page; /* not owned */
  const HallField *field;
  HallTyped        typed;
  GtkCheckButton  *mine;
  GtkCheckButton  *theirs;
  GtkCheckButton  *other; /* NULL where nothing can be typed */
  GtkEditable     *entry; /* for a line, a number or a time */
  GtkTextView     *view;  /* for a long text */
  gboolean         filling;
} Part;

struct _HallThirdPage {
  AdwNavigationPage      parent_instance;
  AdwBanner             *banner;
  GtkBox                *fields;
  GtkWidget             *keep;
  HallKeeper            *keeper;
  GPtrArray             *cases; /* what the case lies in */
  const HallSettlerCase *found;
  GPtrArray             *parts; /* of Part */
  gboolean               busy;
};

enum { MADE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HallThirdPage, hall_third_page, ADW_TYPE_NAVIGATION_PAGE)

static const HallValue *
find_chosen (Part *part)
{
  return gtk_check_button_get_active (part->theirs) ? part->page->found->theirs : part->page->found->mine;
}

static gboolean
is_other (Part *part)
{
  return part->other != NULL && gtk_check_button_get_active (part->other);
}

static char *
get_typed (Part *part)
{
  GtkTextBuffer *buffer;
  GtkTextIter    start, end;

  if (part->view == NULL)
    return g_strstrip (g_strdup (gtk_editable_get_text (part->entry)));

  buffer = gtk_text_view_get_buffer (part->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

/* What stands in the entry for a value: what one would type for it. */
static char *
write_value (Part            *part,
             const HallValue *value)
{
  switch (part->typed) {
  case HALL_TYPED_NUMBER:
    return g_strdup_printf ("%" G_GINT64_FORMAT, hall_value_get_int (value, part->field));
  case HALL_TYPED_TIME:
    return hall_field_text_say (value, part->field, HALL_SIDE_MINE, hall_keeper_get_zone (part->page->keeper), 0);
  case HALL_TYPED_LINE:
  case HALL_TYPED_TEXT:
  case HALL_TYPED_NOT:
  default:
    return g_strdup (hall_value_get_text (value, part->field));
  }
}

static void
set_typed (Part       *part,
           const char *text)
{
  text = text != NULL ? text : "";
  part->filling = TRUE;
  if (part->view != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (part->view), text, -1);
  else if (part->entry != NULL)
    gtk_editable_set_text (part->entry, text);
  part->filling = FALSE;
}

/* The zone of a time that is typed without one. */
static const char *
find_zone (HallThirdPage *self)
{
  const HallField *zone = hall_kind_find_field (self->found->kind, "zone");

  for (guint i = 0; i < self->parts->len; i++)
    if (((Part *) self->parts->pdata[i])->field == zone)
      return hall_value_get_text (find_chosen (self->parts->pdata[i]), zone);

  return hall_value_get_text (self->found->mine, zone);
}

static HallWhen *
read_time (Part       *part,
           const char *text)
{
  g_autoptr (HallWhen) when = hall_when_read (text, hall_keeper_get_now (part->page->keeper), find_zone (part->page), NULL);

  return when != NULL && when->kind != HALL_WALL_TIME_SKIPPED && when->kind != HALL_WALL_TIME_INVALID
           ? g_steal_pointer (&when) : NULL;
}

static gboolean
read_number (const char *text,
             gint64     *number)
{
  return g_ascii_string_to_signed (text, 10, 0, 1000000, number, NULL);
}

static gboolean
is_fine (Part *part)
{
  g_autofree char     *text = NULL;
  g_autoptr (HallWhen) when = NULL;
  gint64               number;

  if (!is_other (part))
    return TRUE;

  text = get_typed (part);
  switch (part->typed) {
  case HALL_TYPED_NUMBER:
    return read_number (text, &number);
  case HALL_TYPED_TIME:
    when = read_time (part, text);
    return when != NULL;
  case HALL_TYPED_LINE:
  case HALL_TYPED_TEXT:
  case HALL_TYPED_NOT:
  default:
    return *text != '\0' || (part->field->flags & HALL_FIELD_REQUIRED) == 0;
  }
}

static void
update (HallThirdPage *self)
{
  gboolean fine = !self->busy;

  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = self->parts->pdata[i];

    if (part->entry != NULL && is_fine (part))
      gtk_widget_remove_css_class (GTK_WIDGET (part->entry), "error");
    else if (part->entry != NULL)
      gtk_widget_add_css_class (GTK_WIDGET (part->entry), "error");
    fine = fine && is_fine (part);
  }
  gtk_widget_set_sensitive (self->keep, fine);
}

static void
on_toggled (GtkCheckButton *button,
            Part           *part)
{
  if (gtk_check_button_get_active (button) && !is_other (part)) {
    g_autofree char *text = part->other != NULL ? write_value (part, find_chosen (part)) : NULL;

    set_typed (part, text);
  }
  update (part->page);
}

static void
on_typed (Part *part)
{
  if (part->filling)
    return;

  gtk_check_button_set_active (part->other, TRUE);
  update (part->page);
}

static void
on_keep (HallThirdPage *self)
{
  g_signal_emit (self, signals[MADE], 0);
}

static GtkWidget *
make_choice (const char      *title,
             const char      *said,
             GtkCheckButton  *group,
             GtkCheckButton **check)
{
  GtkWidget *row = adw_action_row_new ();

  *check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_check_button_set_group (*check, group);
  gtk_widget_set_valign (GTK_WIDGET (*check), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (said != NULL) {
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), said);
    adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
    gtk_widget_add_css_class (row, "property");
  }
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (*check));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (*check));
  gtk_accessible_update_property (GTK_ACCESSIBLE (*check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said != NULL ? said : "", -1);

  return row;
}

static GtkWidget *
make_entry (Part       *part,
            const char *name)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  part->entry = GTK_EDITABLE (row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (on_typed), part);

  return row;
}

static GtkWidget *
make_view (Part       *part,
           const char *name)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  part->view = GTK_TEXT_VIEW (view);
  gtk_text_view_set_wrap_mode (part->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (part->view, FALSE);
  gtk_text_view_set_top_margin (part->view, 12);
  gtk_text_view_set_bottom_margin (part->view, 12);
  gtk_text_view_set_left_margin (part->view, 12);
  gtk_text_view_set_right_margin (part->view, 12);
  gtk_widget_add_css_class (view, "hall-summary");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (gtk_text_view_get_buffer (part->view), "changed", G_CALLBACK (on_typed), part);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 120);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 280);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (frame, "card");
  gtk_widget_set_margin_top (frame, 12);
  gtk_frame_set_child (GTK_FRAME (frame), scroller);

  return frame;
}

static char *
say (HallThirdPage   *self,
     gconstpointer    value,
     const HallField *field,
     HallSide         side)
{
  return hall_field_text_say (value, field, side, hall_keeper_get_zone (self->keeper), hall_keeper_get_now (self->keeper));
}

static void
add_part (HallThirdPage   *self,
          const HallField *field)
{
  Part            *part = g_new0 (Part, 1);
  const char      *name = hall_field_text_name (self->found->kind, field);
  g_autofree char *mine = say (self, self->found->mine, field, HALL_SIDE_MINE);
  g_autofree char *theirs = say (self, self->found->theirs, field, HALL_SIDE_THEIRS);
  GtkWidget       *group = adw_preferences_group_new ();
  gboolean         is_long;

  part->page = self;
  part->field = field;
  part->typed = hall_field_text_typed (self->found->kind, field);
  is_long = part->typed == HALL_TYPED_TEXT;
  g_ptr_array_add (self->parts, part);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), name);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_choice (_("Mine"), is_long ? NULL : mine, NULL, &part->mine));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                             make_choice (_("Theirs"), is_long ? NULL : theirs, part->mine, &part->theirs));
  if (part->typed != HALL_TYPED_NOT) {
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               make_choice (_("Something else"), NULL, part->mine, &part->other));
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), is_long ? make_view (part, name) : make_entry (part, name));
    g_signal_connect (part->other, "toggled", G_CALLBACK (on_toggled), part);
  }
  g_signal_connect (part->mine, "toggled", G_CALLBACK (on_toggled), part);
  g_signal_connect (part->theirs, "toggled", G_CALLBACK (on_toggled), part);
  gtk_check_button_set_active (part->mine, TRUE);
  gtk_box_append (self->fields, group);
}

/* The time is one thing on screen and several fields below. */
static void
take_time (Part      *part,
           HallValue *third)
{
  const HallField     *zone = hall_kind_find_field (third->kind, "zone");
  const HallField     *fold = hall_kind_find_field (third->kind, "fold");
  g_autofree char     *text = NULL;
  g_autoptr (HallWhen) when = NULL;

  if (!is_other (part)) {
    hall_value_take_field (third, find_chosen (part), part->field);
    if (fold != NULL)
      hall_value_take_field (third, find_chosen (part), fold);
    return;
  }

  text = get_typed (part);
  when = read_time (part, text);
  hall_value_set_text (third, part->field, when->wall);
  hall_value_set_text (third, zone, when->zone);
  if (fold != NULL)
    hall_value_set_int (third, fold, when->fold);
}

static void
take_part (Part      *part,
           HallValue *third)
{
  g_autofree char *text = NULL;
  gint64           number = 0;

  if (part->typed == HALL_TYPED_TIME)
    return;

  if (!is_other (part)) {
    hall_value_take_field (third, find_chosen (part), part->field);
  } else if (part->typed == HALL_TYPED_NUMBER) {
    text = get_typed (part);
    read_number (text, &number);
    hall_value_set_int (third, part->field, number);
  } else {
    text = get_typed (part);
    hall_value_set_text (third, part->field, *text != '\0' ? text : NULL);
  }
}

static void
free_part (gpointer data)
{
  Part *part = data;

  if (part->view != NULL)
    g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (part->view), part);
  if (part->entry != NULL)
    g_signal_handlers_disconnect_by_data (part->entry, part);
  g_signal_handlers_disconnect_by_data (part->mine, part);
  g_signal_handlers_disconnect_by_data (part->theirs, part);
  if (part->other != NULL)
    g_signal_handlers_disconnect_by_data (part->other, part);
  g_free (part);
}

static void
hall_third_page_dispose (GObject *object)
{
  HallThirdPage *self = HALL_THIRD_PAGE (object);

  g_clear_pointer (&self->parts, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), HALL_TYPE_THIRD_PAGE);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_object (&self->keeper);

  G_OBJECT_CLASS (hall_third_page_parent_class)->dispose (object);
}

static void
hall_third_page_class_init (HallThirdPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hall_third_page_dispose;

  signals[MADE] = g_signal_new ("made", HALL_TYPE_THIRD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/hallway/ui/hall-third-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HallThirdPage, banner);
  gtk_widget_class_bind_template_child (widget_class, HallThirdPage, fields);
  gtk_widget_class_bind_template_child (widget_class, HallThirdPage, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
}

static void
hall_third_page_init (HallThirdPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->parts = g_ptr_array_new_with_free_func (free_part);
}

/**
 * hall_third_page_new:
 * @keeper: whose library it is
 * @cases: the list that holds the case, which is kept with it
 * @found: a case of which both versions are there
 *
 * Returns: (transfer floating): the page
 */
HallThirdPage *
hall_third_page_new (HallKeeper            *keeper,
                     GPtrArray             *cases,
                     const HallSettlerCase *found)
{
  HallThirdPage        *self;
  g_autoptr (GPtrArray) fields = NULL;

  g_return_val_if_fail (HALL_IS_KEEPER (keeper), NULL);
  g_return_val_if_fail (cases != NULL && found != NULL, NULL);
  g_return_val_if_fail (found->mine != NULL && found->theirs != NULL, NULL);

  self = g_object_new (HALL_TYPE_THIRD_PAGE, NULL);
  self->keeper = g_object_ref (keeper);
  self->cases = g_ptr_array_ref (cases);
  self->found = found;
  fields = hall_case_text_fields (found);
  for (guint i = 0; i < fields->len; i++)
    add_part (self, fields->pdata[i]);
  update (self);

  return self;
}

/**
 * hall_third_page_get_case:
 * @self: the page
 *
 * Returns: (transfer none): what it is about
 */
const HallSettlerCase *
hall_third_page_get_case (HallThirdPage *self)
{
  g_return_val_if_fail (HALL_IS_THIRD_PAGE (self), NULL);

  return self->found;
}

/**
 * hall_third_page_make:
 * @self: the page, while its button can be pressed
 *
 * Returns: (transfer full): the third version, a #HallValue
 */
gpointer
hall_third_page_make (HallThirdPage *self)
{
  HallValue *third;

  g_return_val_if_fail (HALL_IS_THIRD_PAGE (self), NULL);

  third = hall_value_copy (self->found->mine);
  for (guint i = 0; i < self->parts->len; i++)
    take_part (self->parts->pdata[i], third);
  /* A time that is typed brings its zone with it, whichever zone was chosen. */
  for (guint i = 0; i < self->parts->len; i++)
    if (((Part *) self->parts->pdata[i])->typed == HALL_TYPED_TIME)
      take_time (self->parts->pdata[i], third);

  return third;
}

/**
 * hall_third_page_set_busy:
 * @self: the page
 * @busy: whether the version is on its way to the library
 */
void
hall_third_page_set_busy (HallThirdPage *self,
                          gboolean       busy)
{
  g_return_if_fail (HALL_IS_THIRD_PAGE (self));

  self->busy = busy;
  update (self);
}

/**
 * hall_third_page_show_problem:
 * @self: the page
 * @sentence: (nullable): why this version cannot be kept
 */
void
hall_third_page_show_problem (HallThirdPage *self,
                              const char    *sentence)
{
  g_return_if_fail (HALL_IS_THIRD_PAGE (self));

  adw_banner_set_title (self->banner, sentence != NULL ? sentence : "");
  adw_banner_set_revealed (self->banner, sentence != NULL);
}
