/// Who a run is for, where given, and a ticket.
struct RunPeople {
  var performer: String?
  var owner: String?
  var reference: String?
}
