/** Why the gateway refuses a call. Every code belongs to one row of §17.1. */
export type RefusalCode =
  // 17.1.1
  | 'authorization_missing'
  | 'authorization_not_bearer'
  | 'token_not_three_parts'
  | 'token_not_json'
  | 'token_wrong_algorithm'
  | 'token_bad_signature'
  | 'token_secret_not_decoded'
  | 'token_issuer_missing'
  | 'token_wrong_issuer'
  | 'token_iat_missing'
  | 'token_iat_in_milliseconds'
  | 'token_iat_out_of_window'
  // 17.1.2
  | 'header_missing'
  | 'header_differs_from_body'
  | 'wrong_v'
  | 'id_not_uuid'
  | 'unknown_type'
  | 'close_not_allowed'
  | 'body_not_json'
  | 'body_too_large'
  | 'content_type_not_json'
  | 'content_encoding_present'
  // 17.1.3
  | 'source_has_prefix'
  | 'unknown_source'
  | 'unknown_destination'
  | 'destination_of_another_business'
  // 17.1.4
  | 'body_missing'
  | 'rich_link_url_missing'
  | 'data_and_ref'
  | 'wrong_bid'
  | 'received_message_missing'
  | 'version_missing'
  | 'request_identifier_missing'
  | 'unknown_interactive_kind'
  | 'quick_reply_items'
  | 'picker_without_sections'
  | 'picker_without_items'
  | 'item_without_identifier'
  | 'duplicate_item_identifier'
  | 'timeslots_missing'
  | 'wrong_start_time'
  | 'wrong_duration'
  | 'dangling_image'
  | 'unknown_data_ref'
  // 17.1.5
  | 'attachment_size_not_text'
  | 'attachment_size_differs'
  | 'attachment_unknown'
  | 'attachment_checksum_differs'
  | 'attachment_wrong_key'
  | 'attachment_key_reused'
  | 'attachment_positions'
  | 'attachment_without_name'
  | 'slot_size_missing'
  | 'slot_too_large'
  | 'upload_slot_unknown'
  | 'upload_length_differs'
  | 'download_unknown'
  | 'download_expired'
  | 'payload_not_decodable'
  // 17.1.6
  | 'authentication_on_message'
  | 'not_an_authentication'
  // 17.1.7
  | 'response_encryption_key'
  | 'response_encryption_key_reused'
  | 'scope_empty'
  | 'response_type'
  | 'redirect_uri'
  | 'state_missing'
  | 'client_secret_sent'
  // 17.4
  | 'registered_field_sent'
  | 'no_registered_oauth'
  // the map of §2.1
  | 'unknown_path'
  | 'wrong_method';

/** An answer other than 200; becomes the JSON body `{ row, error, detail }`. */
export class Refusal extends Error {
  /** The row of §17.1, such as `17.1.4`. */
  readonly row: string;
  readonly status: number;
  readonly code: RefusalCode;

  constructor(row: string, status: number, code: RefusalCode, detail: string) {
    super(detail);
    this.row = row;
    this.status = status;
    this.code = code;
  }
}
