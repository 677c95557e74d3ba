"""The region's registers in the editors' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from region.models import AuditEvent, Officer, OfficerAssignment, RegionProfile, SecurityDistrict, Town
from tests.factories import people, places

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

    from region.models import User

MODELS = (Town, SecurityDistrict, Officer, OfficerAssignment)


def address(model: type[Model], view: str, *args: Any) -> str:
    """Address of a screen of a register."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def filled_form(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back from the form unchanged."""
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in form.fields}
    words = {name: form.fields[name].prepare_value(value) for name, value in values.items()}
    return {
        form.add_prefix(name): "" if value is None else value for name, value in words.items() if value is not False
    }


@pytest.mark.parametrize("model", MODELS)
def test_register_can_be_listed_and_edited(
    model: type[Model], county: RegionProfile, administrator_client: Client
) -> None:
    people.assignment(district=places.district())
    record = model._default_manager.first()
    screens = [address(model, "list"), address(model, "add"), address(model, "edit", record.pk)]  # type: ignore[union-attr] # set by the form
    assert [administrator_client.get(screen).status_code for screen in screens] == [200, 200, 200]


def test_change_of_a_town_is_saved_and_told(county: RegionProfile, administrator_client: Client) -> None:
    town = places.town(name="Stříbro")
    url = address(Town, "edit", town.pk)
    data = filled_form(administrator_client, url) | {"website": "https://stribro.example.org/"}
    assert administrator_client.post(url, data).status_code == 302
    town.refresh_from_db()
    assert town.website == "https://stribro.example.org/"
    event = AuditEvent.objects.get(action="town.change")
    assert (event.target, event.before, event.after) == (
        "Stříbro",
        {"website": ""},
        {"website": "https://stribro.example.org/"},
    )


def test_form_sent_back_unchanged_tells_nothing(county: RegionProfile, administrator_client: Client) -> None:
    url = address(Town, "edit", places.town().pk)
    administrator_client.post(url, filled_form(administrator_client, url))
    assert AuditEvent.objects.count() == 0


def test_new_district_is_told(county: RegionProfile, administrator_client: Client) -> None:
    data = {"town": str(places.town().pk), "code": "7", "name": "Nádraží", "streets": ""}
    administrator_client.post(address(SecurityDistrict, "add"), data)
    event = AuditEvent.objects.get(action="securitydistrict.add")
    assert (event.before, event.after["code"], event.after["name"]) == ({}, "7", "Nádraží")


def test_deleted_district_is_told_with_its_last_values(county: RegionProfile, administrator_client: Client) -> None:
    district = places.district(name="Střed")
    administrator_client.post(address(SecurityDistrict, "delete", district.pk))
    assert SecurityDistrict.objects.count() == 0
    assert AuditEvent.objects.get(action="securitydistrict.delete").before["name"] == "Střed"


def test_districts_deleted_at_once_are_each_told(county: RegionProfile, administrator_client: Client) -> None:
    districts = [places.district(name="Střed"), places.district(name="Sever")]
    url = reverse("wagtail_bulk_action", args=("region", "securitydistrict", "delete"))
    query = "&".join(f"id={district.pk}" for district in districts)
    administrator_client.post(f"{url}?{query}")
    assert SecurityDistrict.objects.count() == 0
    told = AuditEvent.objects.filter(action="securitydistrict.delete")
    assert sorted(event.before["name"] for event in told) == ["Sever", "Střed"]


def test_office_hours_are_written_as_words(county: RegionProfile, administrator_client: Client) -> None:
    officer = people.officer(office_hours=[[0, "08:00", "10:00"]])
    url = address(Officer, "edit", officer.pk)
    assert 'value="po 08:00-10:00"' in administrator_client.get(url).content.decode()
    data = filled_form(administrator_client, url) | {"office_hours": "po 8-12 a 13-17, st 9.30-11"}
    administrator_client.post(url, data)
    officer.refresh_from_db()
    assert officer.office_hours == [[0, "08:00", "12:00"], [0, "13:00", "17:00"], [2, "09:30", "11:00"]]


def test_office_hours_that_say_nothing_are_refused(county: RegionProfile, administrator_client: Client) -> None:
    officer = people.officer()
    url = address(Officer, "edit", officer.pk)
    data = filled_form(administrator_client, url) | {"office_hours": "kdykoliv"}
    response = administrator_client.post(url, data)
    assert list(response.context["form"].errors) == ["office_hours"]
    officer.refresh_from_db()
    assert officer.office_hours != []


def test_languages_of_the_region_are_ticked(county: RegionProfile, administrator_client: Client) -> None:
    url = reverse("wagtailsettings:edit", args=("region", "regionprofile", county.pk))
    form = administrator_client.get(url).context["form"]
    ticks = {str(tick.data["value"]): tick.data["selected"] for tick in form["languages"]}
    assert ticks == {"cs": True, "pl": True, "en": True}
    assert form.fields["languages"].clean(["cs", "pl"]) == ["cs", "pl"]


def test_profile_and_its_rows_are_told(county: RegionProfile, administrator_client: Client) -> None:
    url = reverse("wagtailsettings:edit", args=["region", "regionprofile", county.pk])
    form = administrator_client.get(url).context["form"]
    data = {form.add_prefix(name): form[name].value() or "" for name in form.fields if name != "languages"}
    data["languages"] = ["cs", "en"]
    for name, formset in form.formsets.items():
        data |= {f"{name}-TOTAL_FORMS": len(formset.forms), f"{name}-INITIAL_FORMS": len(formset.forms)}
        for number, row in enumerate(formset.forms):
            data |= {f"{name}-{number}-{key}": row[key].value() or "" for key in row.fields if key != "DELETE"}
            data[f"{name}-{number}-ORDER"] = number + 1
    data |= {"operator": "Nový úřad", "emergency_numbers-1-number": "159", "data_protection_contact": "Eva Malá"}
    response = administrator_client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    event = AuditEvent.objects.get(action="regionprofile.change")
    assert (event.before["operator"], event.after["operator"]) == ("Krajský úřad Zkušebního kraje", "Nový úřad")
    assert event.before["emergency_numbers"][1] == "158, Policie, Policja, Police"
    assert event.after["emergency_numbers"][1] == "159, Policie, Policja, Police"
    assert event.after["data_protection_contact"] == "…"
    assert RegionProfile.objects.get().operator == "Nový úřad"


def test_deleting_tells_what_goes_and_changes_with_it(county: RegionProfile, administrator_client: Client) -> None:
    one = people.officer()
    other = people.assignment(substitute=one)
    assert administrator_client.post(address(Officer, "delete", one.pk)).status_code == 302
    told = {event.action: event for event in AuditEvent.objects.all()}
    assert set(told) == {"officer.delete", "officerassignment.change"}
    change = told["officerassignment.change"]
    assert (change.target_id, change.before, change.after) == (
        str(other.pk),
        {"substitute_id": str(one.pk)},
        {"substitute_id": None},
    )


@pytest.mark.parametrize(("language", "name"), [("cs", "obec"), ("pl", "gmina"), ("en", "town")])
def test_button_for_choosing_speaks_the_language_of_the_reader(
    language: str, name: str, county: RegionProfile, administrator: User, administrator_client: Client
) -> None:
    administrator.language = language
    administrator.save()
    page = administrator_client.get(address(SecurityDistrict, "add")).content.decode()
    chooser = page[page.index('name="town"') - 4000 : page.index('name="town"') + 4000]
    assert f": {name}" in chooser
